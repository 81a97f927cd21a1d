package fortnight.common.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command whose flags are fields with picocli's annotations. Reports all flag errors at once,
 * prints failures as one sentence, and maps them to the exit status.
 */
public abstract class CliCommand {
  @Option(names = "--help", usageHelp = true, description = "print this help")
  private boolean help;

  /** Checks the flags once all of them were parsed; adds an error for each that is wrong. */
  protected abstract void check(FlagErrors errors);

  /**
   * Does the work. Called only if no flag is wrong.
   *
   * @throws CommandException with the sentence for the user
   */
  protected abstract void run(PrintStream output, PrintStream errors) throws InterruptedException;

  /** Parses the flags and runs the command; returns the exit status. */
  public final int execute(PrintStream output, PrintStream errors, String... args) {
    try {
      FlagErrors flagErrors = parse(args);
      if (help) {
        CommandLine.usage(this, output);
        return CommandException.DONE;
      }
      check(flagErrors);
      flagErrors.throwIfAny();
      run(output, errors);
      return CommandException.DONE;
    } catch (CommandException e) {
      return report(e, errors);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandException.FAILED;
    } catch (RuntimeException | OutOfMemoryError e) {
      return reportUnexpected(e, errors);
    }
  }

  /** Prints the message of a failure; returns its exit status. */
  public static int report(CommandException e, PrintStream errors) {
    if (e.status() == CommandException.WRONG_FLAGS) {
      errors.println(e.getMessage());
      errors.println("See --help.");
    } else {
      errors.println("fortnight: " + e.getMessage());
    }
    return e.status();
  }

  /** Prints one sentence about an error of the program; returns the exit status. */
  public static int reportUnexpected(Throwable e, PrintStream errors) {
    errors.println("fortnight: " + ErrorMessages.ofUnexpected(e));
    return CommandException.FAILED;
  }

  private FlagErrors parse(String... args) {
    FlagErrors errors = new FlagErrors();
    CommandLine line = new CommandLine(this);
    registerConverters(line);
    line.getCommandSpec().parser().collectErrors(true);
    Set<String> known = line.getCommandSpec().optionsMap().keySet();
    for (Exception error : line.parseArgs(args).errors()) {
      if (error instanceof UnmatchedArgumentException unmatched) {
        unmatched.getUnmatched().forEach(argument -> errors.unknown(argument, known));
      } else if (error.getCause() instanceof TypeConversionException cause
          && error instanceof ParameterException wrong
          && wrong.getArgSpec() instanceof OptionSpec option) {
        errors.add(option.longestName() + "=" + wrong.getValue() + ": " + cause.getMessage());
      } else if (!errors.list().contains(error.getMessage())) { // a missing flag is there twice
        errors.add(error.getMessage());
      }
    }
    line.getCommandSpec().argGroups().forEach(group -> checkRepeated(group, errors, args));
    return errors;
  }

  /** Rejects flags of groups that are set more than once, which picocli accepts. */
  private static void checkRepeated(ArgGroupSpec group, FlagErrors errors, String... args) {
    for (OptionSpec option : group.allOptionsNested()) {
      String name = option.longestName();
      long times =
          Arrays.stream(args).filter(arg -> arg.equals(name) || arg.startsWith(name + "=")).count();
      errors.check(times <= 1 || option.isMultiValue(), name + ": set it only once");
    }
  }

  /** Registers converters for the types of flags; subclasses may add to them. */
  protected void registerConverters(CommandLine line) {
    line.registerConverter(Duration.class, converter(Durations::parseOrZero, Durations.ADVICE));
  }

  /**
   * A converter that reports IllegalArgumentException as a wrong flag.
   *
   * @param advice what to write instead; may be empty
   */
  protected static <T> ITypeConverter<T> converter(Function<String, T> parse, String advice) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + (advice.isEmpty() ? "" : "; " + advice));
      }
    };
  }
}

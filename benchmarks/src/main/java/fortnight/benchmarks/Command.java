package fortnight.benchmarks;

import java.util.List;
import picocli.CommandLine;

/** What both commands do about their flags, and when they fail. */
final class Command {
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private Command() {}

  /** What a command does when its flags are right. */
  interface Body {
    /** Measures with what was built. */
    void run(Jars jars) throws Exception;
  }

  /** The exit status. */
  static <F extends CommonFlags & FlagChecks.Checked> int run(F flags, String[] args, Body body)
      throws Exception {
    List<String> problems = FlagChecks.problems(flags, args);
    if (flags.help) {
      CommandLine.usage(flags, System.out);
      return 0;
    }
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      return WRONG_FLAGS;
    }
    try {
      Machine.check();
      body.run(Jars.find());
      return 0;
    } catch (CannotRun e) {
      System.err.println(e.getMessage());
      return FAILED;
    }
  }
}

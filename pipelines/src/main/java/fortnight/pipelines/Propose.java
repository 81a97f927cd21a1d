package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.CommandException;
import fortnight.common.cli.FlagErrors;
import fortnight.common.kafka.KafkaClients;
import fortnight.pipelines.propose.Proposal;
import fortnight.pipelines.propose.SampleInput;
import java.io.PrintStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code propose}: prints a format file for the records of an input. */
@Command(
    name = "propose",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = "=",
    description = {
      "Reads at most 1,000 records, or 64 MiB, and prints a format file for them. What is uncertain"
          + " is a comment in it. Avro is not read; docs/formats.md explains its formats."
    },
    footer = {
      "",
      "A format for the orders in a file, and their analysis:",
      "  propose --input=orders.jsonl > orders.yaml",
      "  analyze --input=orders.jsonl --format=orders.yaml",
      "",
      "Exit status: 0 done, 1 the input cannot be read or has no records, 2 wrong flags."
    })
public final class Propose extends CliCommand {
  @Option(
      names = "--input",
      paramLabel = "INPUT",
      required = true,
      description =
          "a path, a glob, a pipe, or - for standard input, also compressed; or"
              + " kafka://HOST:PORT[,HOST:PORT...]/TOPIC. A pipe that stays open ends for this"
              + " command when nothing follows its first bytes for 5 seconds")
  private String input;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "a properties file with settings of Kafka clients (SASL, TLS, ...)")
  private @Nullable String kafkaConfig;

  private SampleInput sampled;

  /** Proposes a format according to the flags, then exits: 0 done, 1 failed, 2 wrong flags. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** Proposes a format according to the flags; returns the exit status. */
  public static int run(PrintStream output, PrintStream errors, String... args) {
    return new Propose().execute(output, errors, args);
  }

  @Override
  protected void check(FlagErrors errors) {
    if (input != null) {
      if (input.contains("://")) {
        FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
      }
      sampled = errors.convert("--input", input, SampleInput::parse, "").orElse(null);
    }
    if (kafkaConfig != null) {
      errors.convert("--kafkaConfig", kafkaConfig, KafkaClients::checkedFile, "");
    }
  }

  @Override
  protected void run(PrintStream output, PrintStream errors) {
    Proposal proposal = Proposal.of(sampled, new KafkaClients(kafkaConfig));
    // Formats are in UTF-8, whatever the locale is.
    PrintStream file = new PrintStream(output, true, UTF_8);
    file.print(proposal.file());
    if (file.checkError()) {
      throw CommandException.failed("the format cannot be written to standard output");
    }
    proposal.messages().forEach(message -> errors.println("fortnight: " + message));
  }
}

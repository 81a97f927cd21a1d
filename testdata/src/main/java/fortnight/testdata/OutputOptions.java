package fortnight.testdata;

import fortnight.common.cli.FlagErrors;
import fortnight.common.kafka.KafkaClients;
import fortnight.common.kafka.TopicAddress;
import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.formats.RecordShapes;
import fortnight.testdata.output.AtomicFile;
import fortnight.testdata.output.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The flags that say where records, catalog and truth are written, and in which format. */
final class OutputOptions {
  /** Of a {@code Path}, which has only one of the two slashes, as well. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private static final Pattern UNKNOWN_COMPRESSION =
      Pattern.compile(".*\\.(bz2|xz|lz4|zip|7z|br|snappy)");

  @Option(
      names = "--output",
      paramLabel = "WHERE",
      description =
          "FILE, compressed if it ends in .gz or .zst; - for standard output; or"
              + " kafka://HOST:PORT[,HOST:PORT...]/TOPIC; required")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = FormatNames.class,
      description = "the shape of the records: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private String format = RecordShapes.FORTNIGHT.name();

  @Option(
      names = "--withPrices",
      description =
          "add the store, and the price and category of each line item, to records of the format"
              + " fortnight")
  private boolean withPrices;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "write the products of the shop and their prices to this file")
  private String catalog;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "write the faults of records, and the results to expect, to this file")
  private String truth;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "of the topic, if it does not exist; default: ${DEFAULT-VALUE}")
  private int partitions = 4;

  @Option(
      names = "--kafkaConfig",
      paramLabel = "FILE",
      description = "properties of Kafka clients, for TLS and SASL")
  private Path kafkaConfig;

  /**
   * Checks the flags.
   *
   * @param paced whether records are written at their event time
   */
  void check(boolean paced, FlagErrors errors) {
    List<Path> files = new ArrayList<>();
    if (output == null) {
      errors.add("--output: required; use a FILE, -, or kafka://HOST:PORT/TOPIC");
    } else if (isTopic()) {
      errors.convert("--output", output, TopicAddress::parse, "");
    } else if (!output.equals(Destination.STANDARD_OUTPUT)) {
      checkFile("--output", output, files, errors);
      // Readers of pipes and devices see records at once; a file is read when it is complete.
      errors.check(
          !paced || AtomicFile.isSpecial(Path.of(output)),
          "--output=%s: --speedup and --live need a topic, a pipe or -, not a file"
              .formatted(output));
    }
    checkFile("--catalog", catalog, files, errors);
    checkFile("--truth", truth, files, errors);
    errors.check(
        files.stream().distinct().count() == files.size(),
        "--output, --catalog, --truth: must be different files");
    errors.check(partitions >= 1, "--partitions=" + partitions + ": must be 1 or more");
    checkKafkaConfig(errors);
  }

  private boolean isTopic() {
    return output != null && TopicAddress.isTopic(output);
  }

  private static void checkFile(String flag, String name, List<Path> files, FlagErrors errors) {
    if (name == null) {
      return;
    }
    String given = flag + "=" + name;
    if (name.isEmpty()) {
      errors.add(given + ": the name of the file is missing");
    } else if (URI.matcher(name).matches()) {
      errors.add(
          flag.equals("--output")
              ? given + ": unknown address; use a path or kafka://HOST:PORT/TOPIC"
              : given + ": not a path");
    } else {
      Path file = Path.of(name).toAbsolutePath().normalize();
      files.add(file);
      errors.check(!Files.isDirectory(file), given + ": is a directory; a file is needed");
      errors.check(
          !UNKNOWN_COMPRESSION.matcher(name).matches(),
          given + ": unknown compression; use .gz or .zst");
    }
  }

  private void checkKafkaConfig(FlagErrors errors) {
    if (kafkaConfig != null) {
      String given = "--kafkaConfig=" + kafkaConfig;
      errors.check(isTopic(), given + ": needs --output=kafka://HOST:PORT/TOPIC");
      errors.convert("--kafkaConfig", kafkaConfig.toString(), KafkaClients::checkedFile, "");
    }
  }

  /** The format; the default, and one error more, if the name is unknown. */
  RecordShape format(FlagErrors errors) {
    String advice =
        "did you mean %s? The formats are %s"
            .formatted(
                FlagErrors.nearest(format, RecordShapes.names()),
                String.join(", ", RecordShapes.names()));
    RecordShape shape =
        errors
            .convert("--format", format, RecordShapes::named, advice)
            .orElse(RecordShapes.FORTNIGHT);
    errors.check(
        shape.header().length == 0 || !isTopic(),
        "--format=" + format + ": rows under a header, which a topic does not have; use a file");
    boolean addPrices =
        withPrices
            && errors.check(
                shape.equals(RecordShapes.FORTNIGHT),
                "--withPrices: for --format=fortnight only; remove it, records of --format=%s always"
                        .formatted(format)
                    + " have prices");
    return addPrices ? RecordShapes.FORTNIGHT_WITH_PRICES : shape;
  }

  Destination openDestination(RecordShape shape) throws IOException {
    return Destination.open(output, kafkaConfig, partitions, shape.header());
  }

  AtomicFile openTruth() throws IOException {
    return new AtomicFile(truth == null ? null : Path.of(truth));
  }

  boolean hasCatalog() {
    return catalog != null;
  }

  AtomicFile openCatalog() throws IOException {
    return new AtomicFile(catalog == null ? null : Path.of(catalog));
  }

  /** For {@code --help}. */
  private static final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return RecordShapes.names().iterator();
    }
  }
}

package fortnight.runners.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.Simulate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Transactions in the format of each preset, and with prices. */
enum Sales {
  FORTNIGHT(4),
  SHOPIFY(1),
  SQUARE(2),
  STRIPE(1),
  SEGMENT(1),
  GA4(1),
  UCI(2),
  /** Prices in two currencies, with stores and categories. No sales are in CHF after February. */
  REVENUE(2);

  /** All that an analysis uses of a record; the others use the same with other windows. */
  private static final String FORMAT_DEPENDENT =
      "--analyses=weekly-volume,product-volume,weekly-customers";

  final int parallelism;

  /**
   * @param parallelism of Flink
   */
  Sales(int parallelism) {
    this.parallelism = parallelism;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  Path file(Path directory) {
    return directory.resolve(title() + (this == UCI ? ".csv" : ".jsonl"));
  }

  List<String> flags() {
    return this == REVENUE
        ? List.of(
            "--format=fortnight,price=line_items[].unit_price,currency=currency,"
                + "by.store=store_id,by.category=line_items[].category",
            "--analyses=all,weekly-customers,customer-change,outliers",
            "--period=1mo",
            "--against=3mo")
        : List.of("--format=" + title(), FORMAT_DEPENDENT);
  }

  /** The flags for a topic, whose messages are rows without a header. */
  List<String> topicFlags(Path directory) throws IOException {
    if (this != UCI) {
      return flags();
    }
    String header = Files.readString(file(directory), ISO_8859_1).lines().findFirst().orElseThrow();
    return Stream.concat(
            Stream.of("--format=" + title() + ",header=[" + header + "]"), flags().stream().skip(1))
        .toList();
  }

  /** Writes the file: simulated records, after those of {@code testdata/formats}. */
  void write(Path directory) throws IOException {
    Path file = file(directory);
    switch (this) {
      case REVENUE -> {
        simulate(file, "--transactions=3000", "--products=40", "--withPrices");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          boolean isFranc = lines.size() % 3 == 0 && line.matches(".*\"2022-0[12]-.*");
          lines.add(
              line.replaceFirst("\\{", "{\"currency\":\"" + (isFranc ? "CHF" : "EUR") + "\","));
        }
        Files.write(file, lines);
      }
      case UCI -> writeAfterExample(file, "input.csv", "--start=2010-12-20", "--end=2011-06-20");
      default -> writeAfterExample(file, "input.jsonl", "--start=2023-01-16", "--end=2023-07-17");
    }
  }

  private void writeAfterExample(Path file, String example, String start, String end)
      throws IOException {
    simulate(file, "--format=" + title(), "--transactions=500", "--products=40", start, end);
    String simulated = Files.readString(file, ISO_8859_1);
    String withoutHeader =
        this == UCI ? simulated.substring(simulated.indexOf('\n') + 1) : simulated;
    Path examples = JarRun.TESTDATA.resolve(Path.of("formats", title(), example));
    Files.writeString(file, Files.readString(examples, ISO_8859_1) + withoutHeader, ISO_8859_1);
  }

  private static void simulate(Path file, String... flags) {
    PrintStream counts = new PrintStream(OutputStream.nullOutputStream(), false, ISO_8859_1);
    String[] args =
        Stream.concat(Stream.of(flags), Stream.of("--output=" + file)).toArray(String[]::new);
    assertThat(new Simulate().execute(counts, System.err, args)).isZero();
  }

  /** The records of the file, of which those of CSV can contain line ends. */
  List<String> messages(Path directory) throws IOException {
    String text = Files.readString(file(directory), ISO_8859_1).stripTrailing();
    return Stream.of(text.split("\r?\n(?=\\{|C?\\d)")).skip(this == UCI ? 1 : 0).toList();
  }
}

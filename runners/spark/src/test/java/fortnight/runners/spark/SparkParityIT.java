package fortnight.runners.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Revenue, stores, categories, customers and outliers by month have the same bytes on Spark as on
 * DirectRunner, from a file and from a topic.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SparkParityIT {
  private static final String FORMAT =
      "--format=fortnight,price=line_items[].unit_price,by.store=store_id,"
          + "by.category=line_items[].category";
  private static final String ANALYSES = "--analyses=all,weekly-customers,customer-change,outliers";
  private static final String PERIOD = "--period=1mo";
  private static final String AGAINST = "--against=3mo";

  private static final String[] SHOP = {
    "simulate", "--transactions=3000", "--products=40", "--withPrices", "--output="
  };

  @TempDir private static Path directory;

  private static Path sales;
  private static List<Path> expected;

  @BeforeAll
  static void analyzesAFileOnDirectRunner() throws Exception {
    sales = directory.resolve("sales.jsonl");
    simulate(sales.toString());
    Path output = directory.resolve("expected");

    JarRun run = JarRun.fortnight(directory.resolve("direct"), flags(sales.toString(), output));

    assertThat(run.status()).as(run.errors()).isZero();
    expected = files(output);
    assertThat(expected)
        .hasSizeGreaterThan(15)
        .allMatch(file -> file.endsWith("dead-letters.jsonl") || file.toFile().length() > 0);
  }

  @Test
  void aFileHasTheSameBytesOnSpark() throws Exception {
    hasTheExpectedBytes("file", sales.toString());
  }

  @Test
  void aTopicUntilNowHasTheSameBytesOnSpark() throws Exception {
    Path logs = directory.resolve("broker");
    Process broker = JarRun.start(logs, "fortnight.jar", List.of(), "broker", "--port=0");
    try {
      String topic = "kafka://" + address(broker, logs.resolve("stdout")) + "/sales";
      simulate(topic);

      hasTheExpectedBytes("topic", topic);
    } finally {
      broker.destroy();
      broker.waitFor();
    }
  }

  private static void hasTheExpectedBytes(String name, String input) throws Exception {
    Path output = directory.resolve("of-" + name);
    List<String> memory = List.of("-Xmx1g");

    JarRun run = JarRun.spark(directory.resolve(name), memory, flags(input, output));

    assertThat(run.errorsWithoutProgress()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(files(output)).hasSameSizeAs(expected);
    for (Path file : expected) {
      assertThat(output.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  private static String[] flags(String input, Path output) {
    Stream<String> flags =
        Stream.of("--input=" + input, "--output=" + output, FORMAT, ANALYSES, PERIOD, AGAINST);
    return (input.startsWith("kafka:") ? Stream.concat(flags, Stream.of("--until=now")) : flags)
        .toArray(String[]::new);
  }

  private static void simulate(String output) throws Exception {
    String[] args = SHOP.clone();
    args[args.length - 1] += output;
    JarRun run = JarRun.fortnight(directory.resolve("simulate"), args);
    assertThat(run.status()).as(run.errors()).isZero();
  }

  /** The address that a broker prints when it is ready. */
  private static String address(Process broker, Path output) throws Exception {
    String ready = "Broker ready at ";
    while (broker.isAlive()) {
      for (String line : Files.readAllLines(output)) {
        if (line.startsWith(ready)) {
          return line.substring(ready.length());
        }
      }
      broker.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("the broker did not start");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}

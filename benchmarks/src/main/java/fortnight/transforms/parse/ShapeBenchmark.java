package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the parser on records of different shapes with the same transactions, and on wide orders
 * beside Jackson. In this package because the parser is package-private.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ShapeBenchmark {
  /** The records; all but those of WIDE have the same size, but for what their name says. */
  public enum Shape {
    CONTRACT,
    UNKNOWN_FIELD,
    ZULU,
    OFFSET,
    OTHER_ORDER,
    /** With prices, a store, and categories that the format does not use. */
    PRICES_UNUSED,
    /** The same records, with a format that uses prices. */
    PRICES,
    /** The same records, with a format that uses prices, the store, and categories. */
    DIMENSIONS,
    WIDE
  }

  @Param public Shape shape;

  private List<Payload> records;
  private TransactionParser parser;
  private int next;

  @Setup
  public void setUp() {
    RecordFormat format = RecordFormat.parse(format());
    parser = new TransactionParser(format, EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
    List<String> lines =
        shape == Shape.WIDE
            ? IntStream.range(0, 1024).mapToObj(WideOrders::order).toList()
            : Samples.lines().stream().map(line -> shaped(new String(line, UTF_8))).toList();
    records =
        lines.stream().map(line -> Payload.of("", Payload.NOWHERE, line.getBytes(UTF_8))).toList();
  }

  private String format() {
    return switch (shape) {
      case PRICES -> "fortnight,price=line_items[].unit_price";
      case DIMENSIONS ->
          "fortnight,price=line_items[].unit_price,by.store=store_id,"
              + "by.category=line_items[].category";
      case WIDE -> "shopify";
      default -> "fortnight";
    };
  }

  private String shaped(String line) {
    return switch (shape) {
      case PRICES_UNUSED, PRICES, DIMENSIONS ->
          line.replace("\"timestamp\"", "\"store_id\": 7, \"timestamp\"")
              .replaceAll(
                  "(\"quantity\": \\d+)",
                  "$1, \"unit_price\": 12.49, \"category\": \"Dry Dog Food\"");
      case UNKNOWN_FIELD -> line.replace("\"timestamp\"", "\"store\": 17, \"timestamp\"");
      case ZULU -> line.replace("40.799777\"", "40.799777Z\"");
      case OFFSET -> line.replace("40.799777\"", "40.799777-05:00\"");
      case OTHER_ORDER ->
          line.replaceFirst(
              "\\{(\"transaction_id.*?), (\"customer_id.*?), (\"timestamp.*?), (\"line_items.*)\\}",
              "{$4, $3, $2, $1}");
      default -> line;
    };
  }

  @Benchmark
  public Object parse() throws Rejection {
    return parser.parse(record());
  }

  /** Parses with Jackson's streaming parser and the paths of the format. */
  @Benchmark
  public Object parseWithJackson() throws Rejection {
    return parser.parseWithJackson(record());
  }

  private Payload record() {
    next = (next + 1) % records.size();
    return records.get(next);
  }
}

package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Records like those of the simulator, for the micro-benchmarks. */
public final class Samples {
  private static final int COUNT = 1024;
  private static final int PRODUCTS = 100;

  private Samples() {}

  /** Records of one week, with one to five line items each. */
  public static List<byte[]> lines() {
    return IntStream.range(0, COUNT).mapToObj(i -> line(i).getBytes(UTF_8)).toList();
  }

  /** The same records as transactions. */
  static List<Transaction> transactions() throws Rejection {
    TransactionParser parser = parser();
    List<Transaction> transactions = new ArrayList<>();
    for (byte[] line : lines()) {
      transactions.add(parser.parse(Payload.of("", Payload.NOWHERE, line)).transaction());
    }
    return transactions;
  }

  static TransactionParser parser() {
    return new TransactionParser(
        RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  private static String line(int i) {
    StringBuilder items = new StringBuilder();
    for (int j = 0; j <= i % 5; j++) {
      items.append(j == 0 ? "" : ", ");
      items.append("{\"item_id\": %d, \"quantity\": %d}".formatted((i + 17 * j) % PRODUCTS, 1 + j));
    }
    return ("{\"transaction_id\": %d, \"customer_id\": %d, \"timestamp\":"
            + " \"2022-01-0%dT%02d:%02d:40.799777\", \"line_items\": [%s]}")
        .formatted(1_107_316 + i, i * 31 % 70_000, 3 + i % 7, i % 24, i % 60, items);
  }
}

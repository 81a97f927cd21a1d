package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are line items: the records with the same id are one transaction. */
class FlatRecordsTest {
  private static final String FLAT = "--format=id=id,time=at,item=item,customer=by,quantity=n";
  private static final String ANALYSES =
      "--analyses=weekly-volume,volume-change,product-volume,product-volume-change,"
          + "weekly-customers,customer-change";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"7d", "1d"})
  void giveTheRowsOfTheSameTransactionsInAnyOrderAndSplit(String every) throws IOException {
    List<String> nested = new ArrayList<>();
    List<String> flat = new ArrayList<>();
    addSales(new Random(1), nested, flat);
    Files.write(directory.resolve("nested.jsonl"), nested);
    Map<String, String> expected = rows("nested.jsonl", "--format=fortnight", every);

    Files.write(directory.resolve("flat.jsonl"), flat);
    Map<String, String> whole = rows("flat.jsonl", FLAT, every);
    Collections.shuffle(flat, new Random(2));
    Files.write(directory.resolve("part-1.jsonl"), flat.subList(0, 100));
    Files.write(directory.resolve("part-2.jsonl"), flat.subList(100, 150));
    Files.write(directory.resolve("part-3.jsonl"), flat.subList(150, flat.size()));

    assertThat(rows("part-*.jsonl", FLAT, every)).isEqualTo(whole);
    // A version is the number of records: line items instead of transactions.
    assertThat(withoutVersions(whole)).isEqualTo(withoutVersions(expected));
    assertThat(expected.get("weekly-customers.jsonl")).contains("\"customers\":");
  }

  @Test
  void cannotDropDuplicates() throws IOException {
    Files.writeString(directory.resolve("flat.jsonl"), "{}");

    TestRun run =
        TestRun.of(
            "--input=" + directory.resolve("flat.jsonl"),
            "--output=" + directory.resolve("out"),
            FLAT,
            "--dropDuplicatesWithin=1h");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("--dropDuplicatesWithin: the records of this format are line items");
  }

  private Map<String, String> rows(String input, String format, String every) throws IOException {
    Path output = Files.createTempDirectory(directory, "out");
    TestRun run =
        TestRun.of(
            "--input=" + directory.resolve(input),
            "--output=" + output,
            format,
            ANALYSES,
            "--every=" + every);
    assertThat(run.status()).as(run.err()).isZero();
    return TestRun.texts(output);
  }

  private static Map<String, String> withoutVersions(Map<String, String> files) {
    Map<String, String> rows = new TreeMap<>(files);
    rows.replaceAll((file, text) -> text.replaceAll(",\"version\":\\d+", ""));
    return rows;
  }

  private static void addSales(Random random, List<String> nested, List<String> flat) {
    for (int id = 0; id < 100; id++) {
      String time = LocalDateTime.of(2023, 1, 2, 0, 0, 1).plusHours(random.nextInt(900)).toString();
      String customer = random.nextInt(4) == 0 ? "null" : "\"c%d\"".formatted(random.nextInt(30));
      List<String> lineItems = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int item = random.nextInt(5);
        int quantity = random.nextInt(5) - 1;
        lineItems.add("{\"item_id\":%d,\"quantity\":%d}".formatted(item, quantity));
        flat.add(
            "{\"id\":%d,\"at\":\"%s\",\"by\":%s,\"item\":%d,\"n\":%d}"
                .formatted(id, time, customer, item, quantity));
      }
      nested.add(
          "{\"transaction_id\":%d,\"timestamp\":\"%s\",\"customer_id\":%s,\"line_items\":[%s]}"
              .formatted(id, time, customer, String.join(",", lineItems)));
    }
  }
}

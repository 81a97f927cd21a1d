package fortnight.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fortnight.testdata.model.Micros;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effect of faults on the records of a file, and on its truth. */
class FaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SMALL = "--transactions=20000";

  private SimulatedFiles shop;

  @BeforeEach
  void open(@TempDir Path folder) {
    shop = new SimulatedFiles(folder);
  }

  @Test
  void withoutFaultsTheTruthMatchesTheRecords() throws IOException {
    shop.simulate(SMALL);

    assertThat(WeeklyFigures.ofTruth(shop.truth("analysis")))
        .isEqualTo(WeeklyFigures.of(shop.records()));
    assertThat(shop.truth("fault")).isEmpty();
  }

  @Test
  void noFaultChangesTheFigures() throws IOException {
    shop.simulate(SMALL);
    List<String> withoutFaults = WeeklyFigures.of(shop.records());

    shop.simulate(
        SMALL, "--outOfOrder=1d", "--late=0.1:30d", "--duplicates=0.1", "--malformed=0.1");

    assertThat(WeeklyFigures.of(shop.validRecords().values())).isEqualTo(withoutFaults);
    assertThat(WeeklyFigures.ofTruth(shop.truth("analysis"))).isEqualTo(withoutFaults);
  }

  @Test
  void disorderKeepsItsBound() throws IOException {
    shop.simulate(SMALL);
    List<String> inOrder = shop.lines();

    shop.simulate(SMALL, "--outOfOrder=6h");

    long most = mostOutOfOrder(shop.records());
    assertThat(shop.lines()).isNotEqualTo(inOrder).containsExactlyInAnyOrderElementsOf(inOrder);
    assertThat((double) most).isBetween(5 * 3600e6, 6 * 3600e6);
    assertThat(shop.sum("most_out_of_order_micros")).isEqualTo(most);
  }

  @Test
  void lateRecordsAreDelayedAndListed() throws IOException {
    shop.simulate(SMALL, "--late=0.01:3d");

    List<Long> late = ids(shop.truth("fault", "LATE"));
    assertThat(late.size()).isBetween(150, 250);
    assertThat(shop.sum("late")).isEqualTo(late.size());
    assertThat((double) mostOutOfOrder(shop.records())).isCloseTo(3 * 86_400e6, offset(3600e6));
    long newest = 0;
    List<Long> behind = new ArrayList<>();
    for (JsonNode transaction : shop.records()) {
      long id = transaction.get("transaction_id").longValue();
      if (id < newest) {
        behind.add(id);
      }
      newest = Math.max(newest, id);
    }
    assertThat(late).containsAll(behind);
    assertThat(behind.size()).isGreaterThan(late.size() - 5); // the last of all are not overtaken
  }

  @Test
  void duplicatesAreTheSameBytesSoonAfter() throws IOException {
    shop.simulate(SMALL, "--duplicates=0.02");

    Map<String, Integer> seen = new HashMap<>();
    shop.lines().forEach(line -> seen.merge(line, 1, Integer::sum));
    List<Long> twice = new ArrayList<>();
    for (Map.Entry<String, Integer> line : seen.entrySet()) {
      if (line.getValue() == 2) {
        twice.add(JSON.readTree(line.getKey()).get("transaction_id").longValue());
      }
    }
    assertThat(seen.values()).containsOnly(1, 2);
    assertThat(twice).hasSizeBetween(300, 500);
    assertThat(ids(shop.truth("fault", "DUPLICATE"))).containsExactlyInAnyOrderElementsOf(twice);
    assertThat(mostOutOfOrder(shop.records())).isLessThan(60_000_000);
  }

  @Test
  void malformedRecordsAreAdditional() throws IOException {
    shop.simulate(SMALL);
    List<String> whole = shop.lines();

    shop.simulate(SMALL, "--malformed=0.01");

    List<String> all = new ArrayList<>(shop.lines());
    whole.forEach(all::remove);
    assertThat(all).hasSize(shop.truth("fault", "MALFORMED").size()).hasSizeBetween(150, 250);
    assertThat(shop.truth("fault", "MALFORMED"))
        .extracting(line -> line.get("reason").asText())
        .contains(
            "MALFORMED_JSON",
            "MISSING_FIELD",
            "BAD_ID",
            "BAD_QUANTITY",
            "BAD_TIMESTAMP",
            "TIMESTAMP_OUT_OF_RANGE",
            "TOO_LARGE");
    assertThat(shop.sum("records")).isEqualTo(whole.size() + all.size());
  }

  @Test
  void idleTimeHasNoPurchasesAndNoArrivals() throws IOException {
    shop.simulate(SMALL);
    List<String> always = shop.lines();

    shop.simulate("--customers=1017", "--idle=2022-03-01/2022-04-01", "--outOfOrder=1h");

    assertThat(shop.lines()).noneMatch(line -> line.contains("\"2022-03-"));
    assertThat(shop.sum("idle") + shop.sum("transactions"))
        .isCloseTo(always.size(), withPercentage(1));
  }

  private static long mostOutOfOrder(List<JsonNode> records) {
    long newest = Long.MIN_VALUE;
    long most = 0;
    for (JsonNode record : records) {
      long time = Micros.of(LocalDateTime.parse(record.get("timestamp").asText()));
      newest = Math.max(newest, time);
      most = Math.max(most, newest - time);
    }
    return most;
  }

  private static List<Long> ids(List<JsonNode> faults) {
    return faults.stream().map(fault -> fault.get("transaction_id").longValue()).toList();
  }
}

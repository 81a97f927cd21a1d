package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.formats.TimeNotation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time that {@code propose} proposes, or leaves undecided. */
class ProposeTimeTest {
  private static final String LINES = "\"lines\": [{\"sku\": \"a\", \"qty\": 1}]";

  @TempDir Path directory;

  @Test
  void doesNotChooseBetweenTwoTimes() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "created_at": "2023-01-02T10:00:00Z", "updated_ms": 1672653600000, "lines": [{"product_id": 5, "quantity": 2}]}
            """);

    assertThat(result.out())
        .isEqualTo(
            """
            # Proposed for the records of FILE
            #
            # To decide:
            #   time: created_at or updated_ms. Remove "# " before the lines of one of them.

            id: id                      # 1, in 1 of 1 records, 1 distinct
            # time: created_at          # "2023-01-02T10:00:00Z", in 1 of 1 records
            # time: updated_ms          # 1672653600000, in 1 of 1 records
            # timeUnit: ms              # 1672653600000 is 2023-01-02T10:00:00
            time:
            item: lines[].product_id    # 5, in 1 of 1 line items
            quantity: lines[].quantity  # 2, in 1 of 1 line items

            # The first record, as this format reads it with --timeZone=UTC:
            #   FILE:0: id 1, time ?, items 2 × 5
            """);
    assertThat(result.err())
        .isEqualTo(
            "fortnight: to decide: time: created_at or updated_ms. Remove \"# \" before the lines"
                + " of one of them.\n");
    assertThatThrownBy(() -> result.format()).hasMessageContaining("time: has no value");
  }

  @Test
  void doesNotChooseIfHalfOfTheRecordsHaveAnotherTime() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "created_at": "2023-01-02T10:00", "paid_at": "2023-01-03T10:00"}
            {"id": 2, "created_at": "2023-01-02T11:00", "paid_at": null}
            """);

    assertThat(result.out())
        .contains(
            """
            #   time: created_at or paid_at. Remove "# " before the lines of one of them.
            """,
            """
            # time: created_at  # "2023-01-02T10:00", in 2 of 2 records
            # time: paid_at     # "2023-01-03T10:00", in 1 of 2 records
            time:
            """);
  }

  @Test
  void choosesATimeIfFewRecordsHaveAnother() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "created_at": "2023-01-02T10:00", "paid_at": "2023-01-03T10:00", %1$s}
            {"id": 2, "created_at": "2023-01-02T11:00", %1$s}
            {"id": 3, "created_at": "2023-01-02T12:00", %1$s}
            """
                .formatted(LINES));

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains(
            """
            time: created_at       # "2023-01-02T10:00", in 3 of 3 records
            # time: paid_at        # "2023-01-03T10:00", in 1 of 3 records
            """);
  }

  @Test
  void asksForATimeOfDay() throws IOException {
    ProposeRun result = propose("{\"id\": 1, \"day\": \"2023-01-02\", %s}%n".formatted(LINES));

    assertThat(result.out())
        .contains(
            """
            #   time: day has no time of day, so that all records of a day are at its midnight. Use a field that has one, if there is one.
            """,
            """
            time: day                  # "2023-01-02", in 1 of 1 records
            timePattern: 'yyyy-MM-dd'  # "2023-01-02" is 2023-01-02T00:00:00
            """);
  }

  @Test
  void printsTheTimeThatTheParserReads() throws IOException {
    ProposeRun result =
        propose("{\"id\": 1, \"at\": \"Mon, 2 Jan 2023 10:00:00 +0530\", %s}%n".formatted(LINES));

    assertThat(result.out())
        .contains(
            "\"Mon, 2 Jan 2023 10:00:00 +0530\" is 2023-01-02T04:30:00",
            "FILE:0: id 1, time 2023-01-02T04:30:00, items 1 × \"a\"");
  }

  @Test
  void doesNotChooseBetweenDayAndMonth() throws IOException {
    ProposeRun result =
        propose(
            """
            {"order id": 1, "Order.Date": "3/4/2023 8:26", "cart": {"lines": [{"sku": 1, "qty": 1}]}}
            """);

    assertThat(result.out())
        .contains(
            "id: order id ",
            """
            # timePattern: 'M/d/yyyy H:mm'  # "3/4/2023 8:26" is 2023-03-04T08:26:00
            # timePattern: 'd/M/yyyy H:mm'  # "3/4/2023 8:26" is 2023-04-03T08:26:00
            timePattern:
            """,
            "item: cart.lines[].sku ");
    RecordFormat format = result.enabling("timePattern: 'd/M/yyyy H:mm'");
    assertThat(format.time().names()).containsExactly("Order.Date");
    assertThat(format.timeNotation().pattern()).isEqualTo("d/M/yyyy H:mm");
  }

  @Test
  void printsEachAlternativeWithItsNotation() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "created": "3/4/2023 8:26", "updated_ms": 1672653600000, "paid_at": "2023-01-02T10:00", "lines": [{"sku": "a", "qty": 1}]}
            """);

    assertThat(result.out())
        .contains(
            """
            # time: created                 # "3/4/2023 8:26", in 1 of 1 records
            # timePattern: 'M/d/yyyy H:mm'  # "3/4/2023 8:26" is 2023-03-04T08:26:00
            # time: created                 # "3/4/2023 8:26", in 1 of 1 records
            # timePattern: 'd/M/yyyy H:mm'  # "3/4/2023 8:26" is 2023-04-03T08:26:00
            # time: updated_ms              # 1672653600000, in 1 of 1 records
            # timeUnit: ms                  # 1672653600000 is 2023-01-02T10:00:00
            # time: paid_at                 # "2023-01-02T10:00", in 1 of 1 records
            time:
            """);
    assertThat(result.enabling("time: paid_at").timeNotation()).isEqualTo(TimeNotation.ISO);
    assertThat(result.enabling("time: updated_ms", "timeUnit: ms").timeNotation().unit())
        .isEqualTo(TimeUnit.MILLISECONDS);
  }

  @Test
  void listsFieldsWithTheNameOfATime() throws IOException {
    ProposeRun result =
        propose(
            """
            {"id": 1, "created": "2 days ago", "paid": true, "lines": [{"sku": "a", "qty": 1}]}
            """);

    assertThat(result.out())
        .contains(
            """
            #   time: no field has times in one notation; perhaps it is created. Remove "# " before it, and set timeUnit or timePattern.
            """,
            """
            # time: created        # "2 days ago", in 1 of 1 records
            time:
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "1672653600.123, s, 2023-01-02T10:00:00.123",
    "1672653600000.5, ms, 2023-01-02T10:00:00",
    "1.6726536005E9, s, 2023-01-02T10:00:00.500"
  })
  void recognizesEpochsWithFractions(String time, String unit, String meaning) throws IOException {
    ProposeRun result = propose("{\"id\": 1, \"ts\": %s, %s}%n".formatted(time, LINES));

    assertThat(result.out())
        .contains("timeUnit: " + unit + " ", "# " + time + " is " + meaning + "\n", "1 of 1");
  }

  private ProposeRun propose(String records) throws IOException {
    return ProposeRun.ofRecords(directory, records);
  }
}

package fortnight.report.rows;

import static fortnight.report.RowLines.comparison;
import static fortnight.report.RowLines.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fortnight.common.Analysis;
import fortnight.report.rows.JsonRow.MalformedRowException;
import fortnight.report.rows.Periods.Lengths;
import fortnight.report.rows.Table.SeriesKey;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows with decimals, dimensions, currencies, and periods of the calendar. */
class TableTest {
  private static final long DAY = 86_400_000;

  @Test
  void keepsNumbersInUnitsOfTheirLastDecimal() throws Exception {
    Table table = table(Analysis.WEEKLY_VOLUME, week("1234.50"), week("99999999999999999999.99"));

    assertThat(table.columns())
        .containsExactly(
            "transactions",
            "line_items",
            "units",
            "revenue",
            "first_transaction",
            "last_transaction");
    assertThat(table.decimals()).containsExactly(0, 0, 1, 2, 0, 0);
    assertThat(table.size()).isOne();
    assertThat(table.series(shop()).text(0, 3)).isEqualTo("9999999999999999999999");
  }

  @Test
  void keepsNumbersBeyondALongBesideOthers() throws Exception {
    String large = "-9223372036854775808";
    Table table = new Table(Analysis.REVENUE_CHANGE, false);
    for (String current : new String[] {"5", large, "7"}) {
      add(table, comparison("2022-01-03", "2022-01-10", "2022-01-17", "1", current));
      add(table, comparison("2022-01-10", "2022-01-17", "2022-01-24", current, large));
    }

    Series series = table.series(shop());
    assertThat(series.text(0, Table.CURRENT)).isEqualTo("7");
    assertThat(series.text(1, Table.PREVIOUS)).isEqualTo("7");
    assertThat(series.text(1, Table.CURRENT)).isEqualTo(large);
  }

  @Test
  void distinguishesValuesAndCurrencies() throws Exception {
    Table table = new Table(Analysis.changeBy("store"), false);
    for (Object store : new Object[] {7, "7", null}) {
      for (String currency : new String[] {"EUR", "USD"}) {
        add(
            table,
            comparison(
                "2022-01-03",
                "2022-01-10",
                "2022-01-17",
                "1",
                "2",
                "store",
                store,
                "currency",
                currency));
      }
    }

    assertThat(table.keys()).hasSize(6);
    assertThat(table.keys())
        .contains(new SeriesKey(Optional.of(DimensionValue.NULL), Optional.of("EUR")));
  }

  @Test
  void rejectsRowsWithSchemasForKafkaConnect() {
    assertThatExceptionOfType(MalformedRowException.class)
        .isThrownBy(() -> JsonRow.parse("{\"schema\":{\"type\":\"struct\"},\"payload\":{}}"))
        .withMessageContaining("without --rowEnvelope=connect");
  }

  @Test
  void requiresAnIdOfAnItem() {
    assertMalformed(
        Analysis.PRODUCT_VOLUME_CHANGE,
        "item_id: null is not a string",
        comparison("2022-01-03", "2022-01-10", "2022-01-17", "1", "2", "item_id", null));
  }

  @Test
  void acceptsMonthsOfDifferentLength() throws Exception {
    Table table =
        table(
            Analysis.VOLUME_CHANGE,
            comparison("2021-02-01", "2022-02-01", "2022-03-01", "1", "2"),
            comparison("2021-03-01", "2022-03-01", "2022-04-01", "1", "2"));

    assertThat(table.periods()).contains(new Periods(Optional.empty(), months(1, 12)));
    assertThat(table.periods().get().previousStart(millis("2022-03-01")))
        .isEqualTo(millis("2021-03-01"));
    assertThat(table.periods().get().end(millis("2022-12-01"))).isEqualTo(millis("2023-01-01"));
  }

  @Test
  void decidesBetweenDaysAndMonthsByFurtherRows() throws Exception {
    Table table =
        table(
            Analysis.VOLUME_CHANGE, comparison("2021-02-01", "2021-03-01", "2021-03-29", "1", "2"));
    add(table, comparison("2021-01-04", "2021-02-01", "2021-03-01", "1", "2"));

    assertThat(table.periods())
        .contains(new Periods(Optional.of(new Lengths(28 * DAY, 28 * DAY)), Optional.empty()));
  }

  @Test
  void acceptsAnEarlierPreviousPeriod() throws Exception {
    Table table =
        table(
            Analysis.VOLUME_CHANGE, comparison("2021-01-04", "2022-01-03", "2022-01-10", "1", "2"));

    assertThat(table.periods().get().previousStart(millis("2022-01-10")))
        .isEqualTo(millis("2021-01-11"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2022-01-03|2022-01-10|2022-01-18|current_end: the length of the window differs from that of other rows",
        "2022-01-02|2022-01-10|2022-01-17|previous_start: the distance of the two periods differs from that of other rows",
        "2022-01-10|2022-01-10|2022-01-17|previous_start: not before current_start",
        "2022-01-03|2022-01-10|2022-01-10|current_end: not after current_start"
      })
  void rejectsOtherPeriods(String previousStart, String start, String end, String error) {
    assertMalformed(
        Analysis.VOLUME_CHANGE,
        error,
        comparison("2021-12-27", "2022-01-03", "2022-01-10", "1", "2"),
        comparison(previousStart, start, end, "1", "2"));
  }

  @Test
  void rejectsMoreDecimalsThanThoseOfOtherRows() {
    assertMalformed(
        Analysis.WEEKLY_VOLUME,
        "revenue: 1.234 has more decimals than those of other rows, 2",
        week("1.23"),
        week("1.234"));
  }

  @Test
  void rejectsDecimalsOfTransactions() {
    assertMalformed(
        Analysis.VOLUME_CHANGE,
        "current: 1.5 is not an integer",
        comparison("2022-01-03", "2022-01-10", "2022-01-17", "1", "1.5"));
  }

  private static String week(String revenue) {
    return row(
        "window_start",
        "2022-01-03T00:00:00",
        "window_end",
        "2022-01-10T00:00:00",
        "transactions",
        1,
        "line_items",
        2,
        "units",
        new BigDecimal("3.5"),
        "revenue",
        new BigDecimal(revenue),
        "first_transaction",
        "2022-01-03T00:00:00",
        "last_transaction",
        "2022-01-09T00:00:00");
  }

  private static Table table(Analysis analysis, String... rows) throws MalformedRowException {
    Table table = new Table(analysis, false);
    add(table, rows);
    return table;
  }

  private static void add(Table table, String... rows) throws MalformedRowException {
    for (String row : rows) {
      table.add(JsonRow.parse(row));
    }
  }

  /** The last of the rows is malformed, and the others are not. */
  private static void assertMalformed(Analysis analysis, String error, String... rows) {
    Table table = new Table(analysis, false);
    assertThatExceptionOfType(MalformedRowException.class)
        .isThrownBy(() -> add(table, rows))
        .withMessage(error);
    assertThat(table.size()).isEqualTo(rows.length - 1);
  }

  private static SeriesKey shop() {
    return new SeriesKey(Optional.empty(), Optional.empty());
  }

  private static Optional<Lengths> months(long period, long distance) {
    return Optional.of(new Lengths(period, distance));
  }

  private static long millis(String date) {
    return new LocalTimes().millis(date + "T00:00:00");
  }
}

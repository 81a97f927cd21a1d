package fortnight.pipelines.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.pipelines.jdbc.ResultTable.Column;
import fortnight.pipelines.rows.RowSchema;
import fortnight.transforms.formats.RecordFormat;
import org.junit.jupiter.api.Test;

class TableSqlTest {
  private static final RecordFormat FORMAT =
      RecordFormat.parse(
          "id=id,time=t,item=lines[].i,price=lines[].p,currency=c,by.value_key=s,"
              + "by.category=lines[].c");

  @Test
  void theKeyOfATableIsItsWindowItsValueAndItsCurrency() {
    assertThat(sql(Analysis.PRODUCT_VOLUME).create("t"))
        .isEqualTo(
            """
            CREATE TABLE t (
              "window_start" timestamp(3) without time zone NOT NULL,
              "window_end" timestamp(3) without time zone NOT NULL,
              "item_id" text,
              "value_key" text COLLATE "C" NOT NULL,
              "currency" text NOT NULL,
              "line_items" bigint NOT NULL,
              "units" numeric NOT NULL,
              "revenue" numeric NOT NULL,
              "pane" text NOT NULL,
              "version" bigint NOT NULL,
              PRIMARY KEY ("window_start", "window_end", "value_key", "currency")
            )""");
  }

  @Test
  void theKeyOfAnOutlierHasItsAnalysis() {
    assertThat(table(Analysis.OUTLIERS).keys())
        .extracting(Column::name)
        .containsExactly(
            "analysis", "previous_start", "current_start", "current_end", "value_key_", "currency");
  }

  @Test
  void theKeyOfADeadLetterIsItsSource() {
    ResultTable table = ResultTable.of(RowSchema.ofDeadLetters(), "public");

    assertThat(table.keys()).extracting(Column::name).containsExactly("source_key");
    assertThat(table.columns())
        .extracting(Column::name)
        .containsExactly(
            "reason",
            "message",
            "source",
            "source_key",
            "payload",
            "payload_base64",
            "schema",
            "redriven");
  }

  @Test
  void onlyLaterVersionsReplaceARow() {
    assertThat(sql(Analysis.WEEKLY_CUSTOMERS).upsertFrom("staging"))
        .isEqualTo(
            """
            INSERT INTO "public"."weekly_customers" AS t ("window_start", "window_end", "currency", "customers", "pane", "version")
            SELECT DISTINCT ON ("window_start", "window_end", "currency") "window_start", "window_end", "currency", "customers", "pane", "version"
            FROM staging AS r
            ORDER BY "window_start", "window_end", "currency", r."version" DESC, CASE r."pane" WHEN 'EARLY' THEN 0 WHEN 'ON_TIME' THEN 1 ELSE 2 END DESC
            ON CONFLICT ("window_start", "window_end", "currency") DO UPDATE SET "customers" = excluded."customers", "pane" = excluded."pane", "version" = excluded."version"
            WHERE (excluded."version", CASE excluded."pane" WHEN 'EARLY' THEN 0 WHEN 'ON_TIME' THEN 1 ELSE 2 END) >= (t."version", CASE t."pane" WHEN 'EARLY' THEN 0 WHEN 'ON_TIME' THEN 1 ELSE 2 END)""");
  }

  @Test
  void aRangeContainsWholeWindows() {
    TableSql weeks = sql(Analysis.WEEKLY_VOLUME);
    TableSql changes = sql(Analysis.VOLUME_CHANGE);

    assertThat(weeks.delete(false, false)).isEqualTo("DELETE FROM \"public\".\"weekly_volume\"");
    assertThat(weeks.delete(true, true))
        .endsWith(
            " WHERE \"window_start\" >= CAST(? AS timestamp)"
                + " AND \"window_end\" <= CAST(? AS timestamp)");
    assertThat(changes.delete(true, false))
        .endsWith(" WHERE \"previous_start\" >= CAST(? AS timestamp)");
    assertThat(changes.delete(false, true))
        .endsWith(" WHERE \"current_end\" <= CAST(? AS timestamp)");
  }

  @Test
  void textsInCommentsAreQuoted() {
    assertThat(sql(Analysis.WEEKLY_VOLUME).comments("the shop's").get(0))
        .isEqualTo("COMMENT ON TABLE \"public\".\"weekly_volume\" IS 'the shop''s'");
  }

  private static TableSql sql(Analysis analysis) {
    return new TableSql(table(analysis));
  }

  private static ResultTable table(Analysis analysis) {
    return ResultTable.of(RowSchema.of(analysis, FORMAT), "public");
  }
}

package fortnight.pipelines.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.common.time.EventTimeRange;
import fortnight.pipelines.rows.RowSchema;
import fortnight.transforms.formats.RecordFormat;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class ReplacementTest {
  private static final Instant FIRST = Instant.ofEpochMilli(EventTimeRange.FIRST);
  private static final Instant END = Instant.ofEpochMilli(EventTimeRange.END);

  @Test
  void hasNoLimitsWithoutFromAndUntil() {
    assertThat(Replacement.of("run", FIRST, END)).isEqualTo(new Replacement("run", null, null));
  }

  @Test
  void hasTheLimitsOfFromAndUntil() {
    Instant from = Instant.parse("2022-01-03T00:00:00Z");
    Instant until = Instant.parse("2022-01-10T12:00:00.500Z");

    assertThat(Replacement.of("run", from, until))
        .isEqualTo(new Replacement("run", "2022-01-03T00:00:00", "2022-01-10T12:00:00.500"));
    assertThat(Replacement.of("run", from, END).until()).isNull();
    assertThat(Replacement.of("run", FIRST, until).from()).isNull();
  }

  @Test
  void hasStagingTablesOfItsOwn() {
    ResultTable weeks = table(Analysis.WEEKLY_VOLUME);
    ResultTable products = table(Analysis.PRODUCT_VOLUME);
    Replacement run = Replacement.of("run", FIRST, END);

    assertThat(run.staging(weeks))
        .matches("\"public\"\\.\"fortnight_staging_[0-9a-f]{32}\"")
        .isEqualTo(Replacement.of("run", FIRST, END).staging(weeks))
        .isNotEqualTo(run.staging(products))
        .isNotEqualTo(Replacement.of("other", FIRST, END).staging(weeks));
  }

  private static ResultTable table(Analysis analysis) {
    return ResultTable.of(RowSchema.of(analysis, RecordFormat.fortnight()), "public");
  }
}

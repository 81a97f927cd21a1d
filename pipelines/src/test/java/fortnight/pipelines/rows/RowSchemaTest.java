package fortnight.pipelines.rows;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Analysis;
import fortnight.pipelines.rows.RowSchema.Column;
import fortnight.transforms.formats.RecordFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowSchemaTest {
  private static final RecordFormat FORMAT =
      RecordFormat.parse(
          "id=id,time=t,item=lines[].i,quantity=lines[].q,quantityDecimals=3,price=lines[].p,"
              + "currency=c,by.store=s,by.category=lines[].c");

  @Test
  void volumesOfADimensionOfRecordsHaveTransactions() {
    assertThat(names(Analysis.volumeBy("store")))
        .containsExactly(
            "window_start",
            "window_end",
            "store",
            "currency",
            "transactions",
            "line_items",
            "units",
            "revenue",
            "pane",
            "version");
  }

  @Test
  void volumesOfADimensionOfLineItemsHaveNoTransactions() {
    assertThat(names(Analysis.volumeBy("category"))).doesNotContain("transactions");
  }

  @Test
  void revenueHasTheDecimalsOfPriceAndQuantity() {
    assertThat(RowSchema.of(Analysis.REVENUE_CHANGE, FORMAT).columns())
        .filteredOn(column -> column.name().equals("change"))
        .extracting(Column::decimals)
        .containsExactly(5);
  }

  @Test
  void outliersHaveAColumnForEachDimension() {
    assertThat(names(Analysis.OUTLIERS))
        .containsExactly(
            "analysis",
            "direction",
            "previous_start",
            "current_start",
            "current_end",
            "item_id",
            "store",
            "category",
            "currency",
            "previous",
            "current",
            "change",
            "ratio",
            "pane",
            "version");
  }

  @Test
  void theKeyOfAChangeIsItsPeriodsItsValueAndItsCurrency() {
    assertThat(RowSchema.of(Analysis.PRODUCT_VOLUME_CHANGE, FORMAT).keys())
        .extracting(Column::name)
        .containsExactly("previous_start", "current_start", "current_end", "item_id", "currency");
  }

  private static List<String> names(Analysis analysis) {
    return RowSchema.of(analysis, FORMAT).columns().stream().map(Column::name).toList();
  }
}

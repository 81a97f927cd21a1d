package fortnight.benchmarks.peers;

import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Write what a window of Flink holds as a row. */
final class FlinkRows {
  private FlinkRows() {}

  static <T> ProcessAllWindowFunction<T, Row, TimeWindow> ofShop(ShopRow<T> row) {
    return new Shop<>(row);
  }

  static <T> ProcessWindowFunction<T, Row, Long, TimeWindow> ofItem(ItemRow<T> row) {
    return new Item<>(row);
  }

  private static final class Shop<T> extends ProcessAllWindowFunction<T, Row, TimeWindow> {
    private final ShopRow<T> row;

    Shop(ShopRow<T> row) {
      this.row = row;
    }

    @Override
    public void process(
        ProcessAllWindowFunction<T, Row, TimeWindow>.Context context,
        Iterable<T> sums,
        Collector<Row> out) {
      out.collect(row.of(context.window().getStart(), sums.iterator().next()));
    }
  }

  private static final class Item<T> extends ProcessWindowFunction<T, Row, Long, TimeWindow> {
    private final ItemRow<T> row;

    Item(ItemRow<T> row) {
      this.row = row;
    }

    @Override
    public void process(
        Long item,
        ProcessWindowFunction<T, Row, Long, TimeWindow>.Context context,
        Iterable<T> sums,
        Collector<Row> out) {
      out.collect(row.of(context.window().getStart(), item, sums.iterator().next()));
    }
  }
}

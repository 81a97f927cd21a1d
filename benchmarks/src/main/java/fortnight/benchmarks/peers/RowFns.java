package fortnight.benchmarks.peers;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;

/** Write what a window holds as the key and the text of a row. */
final class RowFns {
  private RowFns() {}

  static <T> DoFn<T, KV<String, String>> of(ShopRow<T> row) {
    return new ShopFn<>(row);
  }

  static <T> DoFn<KV<Long, T>, KV<String, String>> ofItems(ItemRow<T> row) {
    return new ItemFn<>(row);
  }

  private static final class ShopFn<T> extends DoFn<T, KV<String, String>> {
    private final ShopRow<T> rows;

    ShopFn(ShopRow<T> rows) {
      this.rows = rows;
    }

    @ProcessElement
    public void process(
        @Element T sold, IntervalWindow window, OutputReceiver<KV<String, String>> out) {
      Row row = rows.of(window.start().getMillis(), sold);
      out.output(KV.of(row.key(), row.json()));
    }
  }

  private static final class ItemFn<T> extends DoFn<KV<Long, T>, KV<String, String>> {
    private final ItemRow<T> rows;

    ItemFn(ItemRow<T> rows) {
      this.rows = rows;
    }

    @ProcessElement
    public void process(
        @Element KV<Long, T> sold, IntervalWindow window, OutputReceiver<KV<String, String>> out) {
      Row row = rows.of(window.start().getMillis(), sold.getKey(), sold.getValue());
      out.output(KV.of(row.key(), row.json()));
    }
  }
}

package fortnight.transforms;

import fortnight.transforms.parse.EventTimes;
import fortnight.transforms.parse.ParseTransactions;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** Creates transactions for tests. */
public final class Sales {
  private static final EventTimes EVENT_TIMES = EventTimes.in(ZoneOffset.UTC);

  private Sales() {}

  /** Parses a date, {@code 2023-01-02}, as midnight, or a time, {@code 2023-01-02T09:00}. */
  public static Instant at(String time) {
    return EVENT_TIMES.at(time.indexOf('T') < 0 ? time + "T00:00" : time);
  }

  public static Transaction sale(long item, long quantity, String at) {
    return sale(Id.ofInteger(item), quantity, at);
  }

  public static Transaction sale(Id item, long quantity, String at) {
    return sale(at, LineItem.of(item, quantity));
  }

  public static Transaction sale(String at, LineItem... lineItems) {
    return new Transaction(Id.ofString(at), null, at(at), List.of(lineItems));
  }

  public static Scope item(long item) {
    return Scope.of(Id.ofInteger(item));
  }

  public static Pane onTime() {
    return Pane.ON_TIME;
  }

  /** Creates transactions at their event times, as {@link ParseTransactions} emits them. */
  public static PCollection<Transaction> sales(Pipeline pipeline, Transaction... sales) {
    return pipeline.apply(
        Create.timestamped(Arrays.stream(sales).map(Sales::timed).toList())
            .withCoder(Transaction.coder()));
  }

  public static TimestampedValue<Transaction> timed(Transaction sale) {
    return TimestampedValue.of(sale, sale.timestamp());
  }

  public static Volume volume(
      long transactions, long lineItems, long units, String first, String last) {
    return new Volume(transactions, lineItems, units, at(first).getMillis(), at(last).getMillis());
  }
}

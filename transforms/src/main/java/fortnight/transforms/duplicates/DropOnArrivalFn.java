package fortnight.transforms.duplicates;

import fortnight.transforms.Id;
import fortnight.transforms.Transaction;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Drops a transaction if an earlier arrival with the same id was kept within the duration.
 *
 * <p>State and timer of an id exist together: the timer is set for the first event time in the
 * state.
 */
final class DropOnArrivalFn extends DoFn<KV<Id, Transaction>, Transaction> {
  private static final String COUNTED = "counted";
  private static final String FORGET = "forget";

  @StateId(COUNTED)
  final StateSpec<ValueState<CountedTimes>> countedSpec = StateSpecs.value(CountedTimes.coder());

  @TimerId(FORGET)
  final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final Counter dropped = Metrics.counter(DropDuplicates.class, DropDuplicates.DROPPED);

  private final Duration within;
  private final Duration keptFor;

  DropOnArrivalFn(Duration within, Duration horizon) {
    this.within = within;
    this.keptFor = within.plus(horizon);
  }

  @ProcessElement
  public void process(
      @Element KV<Id, Transaction> keyed,
      @StateId(COUNTED) ValueState<CountedTimes> counted,
      @TimerId(FORGET) Timer forget,
      OutputReceiver<Transaction> out) {
    Transaction transaction = keyed.getValue();
    long time = transaction.timestamp().getMillis();
    CountedTimes state = counted.read();
    CountedTimes before = state == null ? CountedTimes.NONE : state;
    if (before.anyWithin(time, within)) {
      dropped.inc();
      return;
    }
    out.output(transaction);
    CountedTimes after = before.plus(time);
    counted.write(after);
    if (after.first() == time) {
      setTimer(forget, time);
    }
  }

  @OnTimer(FORGET)
  public void forget(
      OnTimerContext fired,
      @StateId(COUNTED) ValueState<CountedTimes> counted,
      @TimerId(FORGET) Timer forget) {
    CountedTimes state = counted.read();
    if (state == null) {
      return;
    }
    CountedTimes after = state.after(fired.fireTimestamp().minus(keptFor).getMillis());
    if (after.equals(CountedTimes.NONE)) {
      counted.clear();
    } else {
      counted.write(after);
      setTimer(forget, after.first());
    }
  }

  /** Sets the timer to expire an event time. It emits nothing and does not hold the watermark. */
  private void setTimer(Timer forget, long counted) {
    forget.withNoOutputTimestamp().set(Instant.ofEpochMilli(counted).plus(keptFor));
  }
}

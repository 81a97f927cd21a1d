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
 * Drops a transaction if one with its id that counts came before it.
 *
 * <p>An id's timer is always set for the first time of its state, so that an id without a timer has
 * no state.
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
  private final Duration kept;

  DropOnArrivalFn(Duration within, Duration horizon) {
    this.within = within;
    this.kept = within.plus(horizon);
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
    if (before.reach(time, within)) {
      dropped.inc();
      return;
    }
    out.output(transaction);
    CountedTimes after = before.plus(time);
    counted.write(after);
    if (after.first() == time) {
      set(forget, time);
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
    CountedTimes after = state.after(fired.fireTimestamp().minus(kept).getMillis());
    if (after.equals(CountedTimes.NONE)) {
      counted.clear();
    } else {
      counted.write(after);
      set(forget, after.first());
    }
  }

  /**
   * It fires when the watermark has passed the time, and emits nothing: no one need wait for it.
   */
  private void set(Timer forget, long counted) {
    forget.withNoOutputTimestamp().set(Instant.ofEpochMilli(counted).plus(kept));
  }
}

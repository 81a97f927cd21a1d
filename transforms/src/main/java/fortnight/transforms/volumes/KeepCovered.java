package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;

/**
 * Emits the changes of a stream whose periods the transactions cover. A window fires when the
 * watermark has passed its end, so that only the starts of both periods have to be covered. If they
 * are not, a change is kept for a time: its slices may still be on their way, or older transactions
 * may follow.
 */
final class KeepCovered extends PTransform<PCollection<VolumeChange>, PCollection<VolumeChange>> {
  private final transient PCollection<Coverage> coverage;

  private KeepCovered(PCollection<Coverage> coverage) {
    this.coverage = coverage;
  }

  static KeepCovered by(PCollection<Coverage> coverage) {
    return new KeepCovered(coverage);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<VolumeChange> changes) {
    KvCoder<Integer, KV<Coverage, VolumeChange>> coder =
        KvCoder.of(
            VarIntCoder.of(), KvCoder.of(Coverage.coder(), NullableCoder.of(VolumeChange.coder())));
    PCollection<KV<Integer, KV<Coverage, VolumeChange>>> keyedChanges =
        changes.apply("Key changes", ParDo.of(new ChangeFn())).setCoder(coder);
    PCollection<KV<Integer, KV<Coverage, VolumeChange>>> keyedCoverage =
        coverage.apply("Key coverage", ParDo.of(new CoverageFn())).setCoder(coder);
    return PCollectionList.of(keyedChanges)
        .and(keyedCoverage)
        .apply("Changes and coverage", Flatten.pCollections())
        .apply("Covered", ParDo.of(new CoveredFn()))
        .setCoder(VolumeChange.coder());
  }

  private static final class ChangeFn
      extends DoFn<VolumeChange, KV<Integer, KV<Coverage, VolumeChange>>> {
    @ProcessElement
    public void process(
        @Element VolumeChange change, OutputReceiver<KV<Integer, KV<Coverage, VolumeChange>>> out) {
      out.output(KV.of(KeyGroups.SHOP, KV.of(Coverage.NONE, change)));
    }
  }

  private static final class CoverageFn
      extends DoFn<Coverage, KV<Integer, KV<Coverage, VolumeChange>>> {
    @ProcessElement
    public void process(
        @Element Coverage times, OutputReceiver<KV<Integer, KV<Coverage, VolumeChange>>> out) {
      out.output(KV.of(KeyGroups.SHOP, KV.of(times, null)));
    }
  }

  private static final class CoveredFn
      extends DoFn<KV<Integer, KV<Coverage, VolumeChange>>, VolumeChange> {
    private static final String COVERAGE = "coverage";
    private static final String PENDING = "pending";
    private static final String NEXT = "next";
    private static final String DISCARD = "discard";

    @StateId(COVERAGE)
    private final StateSpec<ValueState<Coverage>> coverageSpec = StateSpecs.value(Coverage.coder());

    /** The changes whose starts are not covered. */
    @StateId(PENDING)
    private final StateSpec<BagState<VolumeChange>> pendingSpec =
        StateSpecs.bag(VolumeChange.coder());

    /** The first start of a current period that is pending and not covered, in milliseconds. */
    @StateId(NEXT)
    private final StateSpec<ValueState<Long>> nextSpec = StateSpecs.value(VarLongCoder.of());

    /** When a transaction is later than this event time, what is pending is discarded. */
    @StateId(DISCARD)
    private final StateSpec<ValueState<Long>> discardSpec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Integer, KV<Coverage, VolumeChange>> element,
        @StateId(COVERAGE) ValueState<Coverage> coverageState,
        @StateId(PENDING) BagState<VolumeChange> pending,
        @StateId(NEXT) ValueState<Long> nextState,
        @StateId(DISCARD) ValueState<Long> discardState,
        OutputReceiver<VolumeChange> out) {
      Coverage read = coverageState.read();
      Coverage before = read == null ? Coverage.NONE : read;
      VolumeChange change = element.getValue().getValue();
      if (change != null) {
        if (before.containsStarts(change)) {
          out.output(change);
        } else {
          pending.add(change);
          nextState.write(Math.min(orNever(nextState.read()), nextStart(change, before)));
          discardState.write(discardTime(change));
        }
        return;
      }
      Coverage now = before.plus(element.getValue().getKey());
      if (!now.equals(before)) {
        coverageState.write(now);
      }
      Long discard = discardState.read();
      if (discard == null) {
        return;
      }
      if (now.first() < before.first() || now.last() >= orNever(nextState.read())) {
        nextState.write(emitCovered(now, pending, out));
      }
      if (now.last() > discard) {
        pending.clear();
        nextState.clear();
        discardState.clear();
      }
    }

    private static long orNever(@Nullable Long time) {
      return time == null ? Long.MAX_VALUE : time;
    }

    /** Returns the start of the current period if it is not covered. */
    private static long nextStart(VolumeChange change, Coverage coverage) {
      long start = change.currentStart().getMillis();
      return start > coverage.last() ? start : Long.MAX_VALUE;
    }

    /** Returns a time as long after the end of the periods as they are. */
    private static long discardTime(VolumeChange change) {
      long end = change.currentEnd().getMillis();
      return 2 * end - change.previousStart().getMillis();
    }

    /** Returns the first start of a current period that is still not covered. */
    private static long emitCovered(
        Coverage now, BagState<VolumeChange> pending, OutputReceiver<VolumeChange> out) {
      List<VolumeChange> open = new ArrayList<>();
      long next = Long.MAX_VALUE;
      for (VolumeChange change : pending.read()) {
        if (now.containsStarts(change)) {
          out.outputWithTimestamp(change, change.currentEnd().minus(Duration.millis(1)));
        } else {
          open.add(change);
          next = Math.min(next, nextStart(change, now));
        }
      }
      pending.clear();
      open.forEach(pending::add);
      return next;
    }

    /** A change that was kept is emitted with the timestamp of its window. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

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
import org.joda.time.Duration;

/**
 * Emits the changes of a stream whose periods the transactions cover. The end is covered, because a
 * window fires when the watermark has passed it. If the start is not covered, a change is kept for
 * a time: its slices may still be on their way, or older transactions may follow.
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
    private static final String DISCARD = "discard";

    @StateId(COVERAGE)
    private final StateSpec<ValueState<Coverage>> coverageSpec = StateSpecs.value(Coverage.coder());

    /** The changes whose start is not covered. */
    @StateId(PENDING)
    private final StateSpec<BagState<VolumeChange>> pendingSpec =
        StateSpecs.bag(VolumeChange.coder());

    /** The event time, in milliseconds, of which the next transaction discards what is pending. */
    @StateId(DISCARD)
    private final StateSpec<ValueState<Long>> discardSpec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Integer, KV<Coverage, VolumeChange>> element,
        @StateId(COVERAGE) ValueState<Coverage> coverageState,
        @StateId(PENDING) BagState<VolumeChange> pending,
        @StateId(DISCARD) ValueState<Long> discardState,
        OutputReceiver<VolumeChange> out) {
      Coverage read = coverageState.read();
      Coverage before = read == null ? Coverage.NONE : read;
      VolumeChange change = element.getValue().getValue();
      if (change != null) {
        if (before.containsStart(change)) {
          out.output(change);
        } else {
          pending.add(change);
          discardState.write(discardTime(change));
        }
        return;
      }
      Coverage now = before.plus(element.getValue().getKey());
      if (!now.equals(before)) {
        coverageState.write(now);
      }
      Long discard = discardState.read();
      if (discard != null && now.first() < before.first()) {
        emitCovered(now, pending, out);
      }
      if (discard != null && now.last() > discard) {
        pending.clear();
        discardState.clear();
      }
    }

    /** Returns a time as long after the end of the periods as they are. */
    private static long discardTime(VolumeChange change) {
      long end = change.currentEnd().getMillis();
      return 2 * end - change.previousStart().getMillis();
    }

    private static void emitCovered(
        Coverage now, BagState<VolumeChange> pending, OutputReceiver<VolumeChange> out) {
      List<VolumeChange> open = new ArrayList<>();
      for (VolumeChange change : pending.read()) {
        if (now.containsStart(change)) {
          out.outputWithTimestamp(change, change.currentEnd().minus(Duration.millis(1)));
        } else {
          open.add(change);
        }
      }
      pending.clear();
      open.forEach(pending::add);
    }

    /** A change that was kept is emitted with the timestamp of its window. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

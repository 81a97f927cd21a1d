package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
 * Emits the changes of a stream whose periods the transactions so far cover. Other changes are kept
 * until they are covered: coverage only grows.
 */
final class CoveredSoFar extends PTransform<PCollection<VolumeChange>, PCollection<VolumeChange>> {
  private final transient PCollection<Coverage> coverage;

  private CoveredSoFar(PCollection<Coverage> coverage) {
    this.coverage = coverage;
  }

  static CoveredSoFar by(PCollection<Coverage> coverage) {
    return new CoveredSoFar(coverage);
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

    @StateId(COVERAGE)
    private final StateSpec<ValueState<Coverage>> coverageSpec = StateSpecs.value(Coverage.coder());

    @StateId(PENDING)
    private final StateSpec<BagState<VolumeChange>> pendingSpec =
        StateSpecs.bag(VolumeChange.coder());

    @ProcessElement
    public void process(
        @Element KV<Integer, KV<Coverage, VolumeChange>> element,
        @StateId(COVERAGE) ValueState<Coverage> coverageState,
        @StateId(PENDING) BagState<VolumeChange> pending,
        OutputReceiver<VolumeChange> out) {
      Coverage before = orNone(coverageState.read());
      VolumeChange change = element.getValue().getValue();
      if (change != null) {
        if (before.contains(change)) {
          out.output(change);
        } else {
          pending.add(change);
        }
        return;
      }
      Coverage now = before.plus(element.getValue().getKey());
      if (!now.equals(before)) {
        coverageState.write(now);
        emitCovered(now, pending, out);
      }
    }

    private static Coverage orNone(@Nullable Coverage coverage) {
      return coverage == null ? Coverage.NONE : coverage;
    }

    private static void emitCovered(
        Coverage now, BagState<VolumeChange> pending, OutputReceiver<VolumeChange> out) {
      List<VolumeChange> open = new ArrayList<>();
      boolean isAnyCovered = false;
      for (VolumeChange change : pending.read()) {
        if (now.contains(change)) {
          isAnyCovered = true;
          out.outputWithTimestamp(change, change.currentEnd().minus(Duration.millis(1)));
        } else {
          open.add(change);
        }
      }
      if (isAnyCovered) {
        pending.clear();
        open.forEach(pending::add);
      }
    }

    /** A change that was kept is emitted with the timestamp of its window. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

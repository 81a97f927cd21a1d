package fortnight.transforms.volumes;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Pane;
import fortnight.transforms.Slice;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.VolumeChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
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
import org.joda.time.Instant;

/**
 * Emits the changes of items and dimensions that are unusually large.
 *
 * <p>Only comparisons of two periods that the data covers in full count: the first transaction of
 * the shop is at the start of the previous period or before, and the last one at the end of the
 * current period or after; a twentieth of the period may be missing. Early rows are not emitted. A
 * change is emitted when the watermark passes the end of its window, because then the first and the
 * last transaction are known, and later for each correction that is still an outlier.
 */
public final class FindOutliers
    extends PTransform<PCollection<VolumeChange>, PCollection<VolumeChange>> {
  private final OutlierLimits limits;
  private final transient PCollection<Slice> slices;

  private FindOutliers(OutlierLimits limits, PCollection<Slice> slices) {
    this.limits = limits;
    this.slices = slices;
  }

  /**
   * Finds outliers among the changes of slices.
   *
   * @param slices those from which the changes were computed
   */
  public static FindOutliers of(OutlierLimits limits, PCollection<Slice> slices) {
    return new FindOutliers(limits, slices);
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<VolumeChange> changes) {
    KvCoder<Integer, CoverageOrChange> coder =
        KvCoder.of(VarIntCoder.of(), CoverageOrChange.coder());
    PCollection<KV<Integer, CoverageOrChange>> candidates =
        changes.apply("Candidates", ParDo.of(new CandidateFn(limits))).setCoder(coder);
    PCollection<KV<Integer, CoverageOrChange>> coverage =
        slices
            .apply("Times of transactions", ParDo.of(new CoverageFn()))
            .setCoder(coder)
            .apply("Global window", Triggers.intoGlobal());
    return PCollectionList.of(candidates)
        .and(coverage)
        .apply("Candidates and times", Flatten.pCollections())
        .apply("Covered in full", ParDo.of(new CoveredFn()))
        .setCoder(VolumeChange.coder());
  }

  private static final class CandidateFn
      extends DoFn<VolumeChange, KV<Integer, CoverageOrChange>> {
    private final OutlierLimits limits;

    CandidateFn(OutlierLimits limits) {
      this.limits = limits;
    }

    @ProcessElement
    public void process(
        @Element VolumeChange change, OutputReceiver<KV<Integer, CoverageOrChange>> out) {
      if (!change.scope().isShop()
          && change.pane() != Pane.EARLY
          && limits.areExceededBy(change)) {
        out.output(KV.of(KeyGroups.SHOP, CoverageOrChange.of(change)));
      }
    }
  }

  private static final class CoverageFn extends DoFn<Slice, KV<Integer, CoverageOrChange>> {
    @ProcessElement
    public void process(
        @Element Slice slice, OutputReceiver<KV<Integer, CoverageOrChange>> out) {
      if (slice.group() == KeyGroups.SHOP && slice.hasVolumes()) {
        out.output(KV.of(KeyGroups.SHOP, CoverageOrChange.of(slice)));
      }
    }
  }

  private static final class CoveredFn
      extends DoFn<KV<Integer, CoverageOrChange>, VolumeChange> {
    /** The share of a period that may be missing. */
    private static final int TOLERANCE = 20;

    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String PENDING = "pending";
    private static final String NEXT = "next";
    private static final String END = "end";

    @StateId(FIRST)
    private final StateSpec<ValueState<Long>> firstSpec = StateSpecs.value(VarLongCoder.of());

    @StateId(LAST)
    private final StateSpec<ValueState<Long>> lastSpec = StateSpecs.value(VarLongCoder.of());

    @StateId(PENDING)
    private final StateSpec<BagState<VolumeChange>> pendingSpec =
        StateSpecs.bag(VolumeChange.coder());

    /** The first end of a pending change, in milliseconds. */
    @StateId(NEXT)
    private final StateSpec<ValueState<Long>> nextSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId(END)
    private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<Integer, CoverageOrChange> element,
        @StateId(FIRST) ValueState<Long> first,
        @StateId(LAST) ValueState<Long> last,
        @StateId(PENDING) BagState<VolumeChange> pending,
        @StateId(NEXT) ValueState<Long> next,
        @TimerId(END) Timer timer) {
      CoverageOrChange value = element.getValue();
      VolumeChange change = value.change();
      if (change != null) {
        pending.add(change);
        long end = change.currentEnd().getMillis();
        Long earliest = next.read();
        if (earliest == null || end < earliest) {
          next.write(end);
          timer.set(Instant.ofEpochMilli(end - 1));
        }
        return;
      }
      Long oldFirst = first.read();
      Long oldLast = last.read();
      if (oldFirst == null || value.first() < oldFirst) {
        first.write(value.first());
      }
      if (oldLast == null || value.last() > oldLast) {
        last.write(value.last());
      }
    }

    @OnTimer(END)
    @SuppressWarnings("unused") // Called by Beam.
    public void passed(
        @Timestamp Instant passed,
        @StateId(FIRST) ValueState<Long> first,
        @StateId(LAST) ValueState<Long> last,
        @StateId(PENDING) BagState<VolumeChange> pending,
        @StateId(NEXT) ValueState<Long> next,
        @TimerId(END) Timer timer,
        OutputReceiver<VolumeChange> out) {
      List<VolumeChange> open = new ArrayList<>();
      long earliest = Long.MAX_VALUE;
      for (VolumeChange change : pending.read()) {
        long end = change.currentEnd().getMillis();
        if (end - 1 > passed.getMillis()) {
          open.add(change);
          earliest = Math.min(earliest, end);
        } else if (isCovered(change, first.read(), last.read())) {
          out.outputWithTimestamp(change, Instant.ofEpochMilli(end - 1));
        }
      }
      pending.clear();
      next.clear();
      open.forEach(pending::add);
      if (!open.isEmpty()) {
        next.write(earliest);
        timer.set(Instant.ofEpochMilli(earliest - 1));
      }
    }

    private static boolean isCovered(
        VolumeChange change, @Nullable Long first, @Nullable Long last) {
      long end = change.currentEnd().getMillis();
      long missing = (end - change.currentStart().getMillis()) / TOLERANCE;
      return first != null
          && last != null
          && first <= change.previousStart().getMillis() + missing
          && last >= end - missing;
    }

    /** A correction is emitted with the timestamp of its window. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }
  }
}

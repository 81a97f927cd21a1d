package fortnight.transforms.volumes;

import fortnight.common.Measure;
import fortnight.transforms.Pane;
import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Slice;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.joda.time.Instant;

/**
 * Compares each period with an earlier one: the transactions of the shop, on request its customers
 * and revenue; the units, on request the revenue, of each item and each value of a dimension.
 *
 * <pre>{@code
 * SELECT current_end, scope, SUM(amount) FILTER (previous period), SUM(amount) FILTER (current period)
 * FROM comparisons JOIN slices ON slice IN previous period OR slice IN current period GROUP BY 1, 2
 * }</pre>
 *
 * <p>Emits a row of the shop for every window from its first to its last transaction, including
 * windows without transactions, and a row of an item for every window in which it has a line item.
 * Rows are in the global window and contain the start and end times of their own window. Emits no
 * dead letters.
 *
 * <p>Bounded input: rows are emitted after all input is read, for windows up to the last
 * transaction. In a stream, a row is emitted when the watermark passes the end of its window, and
 * again for each correction within the allowed lateness. If early firings are enabled, a row is
 * also emitted before, once its scope has sales in the last slice of the window. Rows of windows
 * without transactions are emitted when the shop has transactions again.
 */
public final class CompareVolumes
    extends PTransform<PCollection<Slice>, PCollection<VolumeChange>> {
  private final ComparisonWindows windows;
  private final Measures measures;

  private CompareVolumes(ComparisonWindows windows, Measures measures) {
    this.windows = windows;
    this.measures = measures;
  }

  public static CompareVolumes by(ComparisonWindows windows) {
    return new CompareVolumes(windows, Measures.of(false, false));
  }

  /**
   * Sets whether the distinct customers of the shop are compared, too; the slices must count them.
   * The default is false.
   */
  public CompareVolumes withCustomers(boolean customers) {
    return new CompareVolumes(
        windows, Measures.of(customers, measures.ofOthers().contains(Measure.REVENUE)));
  }

  /** Sets whether revenue is compared, too; the default is false. */
  public CompareVolumes withRevenue(boolean revenue) {
    return new CompareVolumes(
        windows, Measures.of(measures.ofShop().contains(Measure.CUSTOMERS), revenue));
  }

  @Override
  public PCollection<VolumeChange> expand(PCollection<Slice> slices) {
    return slices.isBounded() == IsBounded.BOUNDED
        ? slices.apply("Slide", BoundedChanges.by(windows, measures))
        : inStream(slices);
  }

  private PCollection<VolumeChange> inStream(PCollection<Slice> slices) {
    Triggers firing = Triggers.of(windows);
    PCollection<VolumeChange> changes =
        firing
            .withWindowLateness(slices.apply("Sliding windows", firing.intoSliding(slices)))
            .apply("Split into halves", ParDo.of(new HalvesFn(windows.periods(), measures)))
            .setCoder(KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Halves.coder())))
            .apply("Sum halves", Combine.perKey(SumTablesFn.ofHalves()))
            .apply("Compare", ParDo.of(new CompareFn(windows.periods(), measures)))
            .setCoder(VolumeChange.coder());
    return PCollectionList.of(changes.apply("Global window", Triggers.intoGlobal()))
        .and(slices.apply("Silent windows", SilentWindows.by(windows, measures)))
        .apply("All changes", Flatten.pCollections());
  }

  /** The measures that are compared, by scope. */
  record Measures(List<Measure> ofShop, List<Measure> ofOthers) implements Serializable {
    static Measures of(boolean customers, boolean revenue) {
      List<Measure> ofShop = new ArrayList<>(List.of(Measure.TRANSACTIONS));
      List<Measure> ofOthers = new ArrayList<>(List.of(Measure.UNITS));
      if (customers) {
        ofShop.add(Measure.CUSTOMERS);
      }
      if (revenue) {
        ofShop.add(Measure.REVENUE);
        ofOthers.add(Measure.REVENUE);
      }
      return new Measures(ofShop, ofOthers);
    }

    List<Measure> of(Scope scope) {
      return scope.isShop() ? ofShop : ofOthers;
    }

    /** Returns what is compared of a volume: distinct ids only of the shop. */
    Volume compared(Scope scope, Volume volume) {
      if (!scope.isShop()) {
        return volume.withoutIds();
      }
      return ofShop.contains(Measure.CUSTOMERS) ? volume : volume.withoutCustomers();
    }
  }

  /**
   * A slice is in the current period of some windows and in the previous one of others; in both if
   * the periods of a window overlap.
   */
  private static final class HalvesFn extends DoFn<Slice, KV<Integer, Map<Scope, Halves>>> {
    private final Periods periods;
    private final Measures measures;

    HalvesFn(Periods periods, Measures measures) {
      this.periods = periods;
      this.measures = measures;
    }

    @ProcessElement
    public void process(
        @Element Slice slice,
        IntervalWindow window,
        OutputReceiver<KV<Integer, Map<Scope, Halves>>> out) {
      long start = slice.start().getMillis();
      long end = window.end().getMillis();
      boolean isPrevious = start < periods.previousEnd(end);
      boolean isCurrent = start >= periods.currentStart(end);
      boolean isLast = periods.firstEnd(start) == end;
      Map<Scope, Halves> halves = new HashMap<>();
      slice
          .volumes()
          .forEach(
              (scope, all) -> {
                Volume volume = measures.compared(scope, all);
                halves.put(
                    scope,
                    new Halves(
                        isPrevious ? volume : Volume.NONE,
                        isCurrent ? volume : Volume.NONE,
                        isLast));
              });
      if (slice.hasVolumes()) {
        out.output(KV.of(slice.group(), halves));
      }
    }
  }

  private static final class CompareFn extends DoFn<KV<Integer, Map<Scope, Halves>>, VolumeChange> {
    private final Periods periods;
    private final Measures measures;

    CompareFn(Periods periods, Measures measures) {
      this.periods = periods;
      this.measures = measures;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Map<Scope, Halves>> sums,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<VolumeChange> out) {
      Instant currentStart = Instant.ofEpochMilli(periods.currentStart(window.end().getMillis()));
      Pane fired = Pane.of(pane);
      sums.getValue()
          .forEach(
              (scope, halves) -> {
                if (fired == Pane.EARLY && !halves.reached()) {
                  return;
                }
                long records = halves.previous().records(scope) + halves.current().records(scope);
                for (Measure measure : measures.of(scope)) {
                  out.output(
                      new VolumeChange(
                          window.start(),
                          currentStart,
                          window.end(),
                          scope,
                          measure,
                          halves.previous().of(measure),
                          halves.current().of(measure),
                          records,
                          fired));
                }
              });
    }
  }
}

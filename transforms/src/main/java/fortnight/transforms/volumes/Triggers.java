package fortnight.transforms.volumes;

import java.util.Optional;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.joda.time.Duration;

/** The windowing of slices, and of windows of slices: trigger, accumulation and lateness. */
final class Triggers {
  private final ComparisonWindows windows;

  private Triggers(ComparisonWindows windows) {
    this.windows = windows;
  }

  static Triggers of(ComparisonWindows windows) {
    return new Triggers(windows);
  }

  /** Windows a stream into slices. Panes discard, so that sums of slices count elements once. */
  <T> Window<T> intoSlices() {
    return triggering(
            Window.<T>into(windows.periods().slices()), earlyTrigger(), windows.sliceLateness())
        .discardingFiredPanes();
  }

  /** Windows slices into periods; in a stream, panes accumulate. */
  <T> Window<T> intoTumbling(PCollection<T> slices) {
    return intoPeriods(windows.periods().tumbling(), slices);
  }

  /** Windows slices into pairs of periods; in a stream, panes accumulate. */
  <T> Window<T> intoSliding(PCollection<T> slices) {
    return intoPeriods(windows.periods().pairs(), slices);
  }

  /** Windows results into the global window; each result contains the times of its own window. */
  static <T> Window<T> intoGlobal() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  /**
   * Sets the allowed lateness of windows of slices. {@link Window} would keep the allowed lateness
   * of the slices, which is longer.
   */
  <T> PCollection<T> withWindowLateness(PCollection<T> windowed) {
    return windowed.setWindowingStrategyInternal(
        windowed.getWindowingStrategy().withAllowedLateness(windows.allowedLateness()));
  }

  private <T> Window<T> intoPeriods(
      WindowFn<Object, IntervalWindow> periods, PCollection<T> slices) {
    Window<T> into = Window.into(periods);
    // The early panes of slices are delayed already; fire on each of them.
    Optional<OnceTrigger> early = earlyTrigger().map(trigger -> AfterPane.elementCountAtLeast(1));
    return slices.isBounded() == IsBounded.BOUNDED
        ? into
        : triggering(into, early, windows.allowedLateness()).accumulatingFiredPanes();
  }

  private Optional<OnceTrigger> earlyTrigger() {
    return windows
        .earlyEvery()
        .map(delay -> AfterProcessingTime.pastFirstElementInPane().plusDelayOf(delay));
  }

  private static <T> Window<T> triggering(
      Window<T> into, Optional<OnceTrigger> early, Duration lateness) {
    OnceTrigger late = AfterPane.elementCountAtLeast(1);
    Trigger trigger =
        early.isPresent()
            ? AfterWatermark.pastEndOfWindow().withEarlyFirings(early.get()).withLateFirings(late)
            : AfterWatermark.pastEndOfWindow().withLateFirings(late);
    return into.triggering(trigger).withAllowedLateness(lateness);
  }
}

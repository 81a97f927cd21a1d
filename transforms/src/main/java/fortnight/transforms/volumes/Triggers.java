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

/** The triggers of slices and of the windows made of them: when they fire, and what a pane has. */
final class Triggers {
  private final ComparisonWindows windows;

  private Triggers(ComparisonWindows windows) {
    this.windows = windows;
  }

  static Triggers of(ComparisonWindows windows) {
    return new Triggers(windows);
  }

  /**
   * Of a stream into slices, whose panes are what came since the last one: sums of sums count
   * nothing twice.
   */
  <T> Window<T> intoSlices() {
    return inStream(Window.<T>into(windows.slices()), earlyOnce(), windows.sliceLateness())
        .discardingFiredPanes();
  }

  /** Into periods, whose panes are all that came so far. */
  <T> Window<T> intoTumbling(PCollection<T> slices) {
    return ofSlices(windows.tumbling(), slices);
  }

  /** Into pairs of periods, whose panes are all that came so far. */
  <T> Window<T> intoSliding(PCollection<T> slices) {
    return ofSlices(windows.sliding(), slices);
  }

  /** Into the global window: each element has the times of its window. */
  static <T> Window<T> leave() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  /**
   * Makes windows of slices take nothing after the allowed lateness. {@link Window} would give them
   * that of slices, which is longer.
   */
  <T> PCollection<T> withOwnLateness(PCollection<T> windowed) {
    return windowed.setWindowingStrategyInternal(
        windowed.getWindowingStrategy().withAllowedLateness(windows.allowedLateness()));
  }

  private <T> Window<T> ofSlices(WindowFn<Object, IntervalWindow> periods, PCollection<T> slices) {
    Window<T> into = Window.into(periods);
    // Slices come early as often as is wanted; no need to wait once more.
    Optional<OnceTrigger> early = earlyOnce().map(trigger -> AfterPane.elementCountAtLeast(1));
    return slices.isBounded() == IsBounded.BOUNDED
        ? into
        : inStream(into, early, windows.allowedLateness()).accumulatingFiredPanes();
  }

  private Optional<OnceTrigger> earlyOnce() {
    return windows
        .earlyEvery()
        .map(delay -> AfterProcessingTime.pastFirstElementInPane().plusDelayOf(delay));
  }

  private static <T> Window<T> inStream(
      Window<T> into, Optional<OnceTrigger> early, Duration lateness) {
    OnceTrigger late = AfterPane.elementCountAtLeast(1);
    Trigger trigger =
        early.isPresent()
            ? AfterWatermark.pastEndOfWindow().withEarlyFirings(early.get()).withLateFirings(late)
            : AfterWatermark.pastEndOfWindow().withLateFirings(late);
    return into.triggering(trigger).withAllowedLateness(lateness);
  }
}

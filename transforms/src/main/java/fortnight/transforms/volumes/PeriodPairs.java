package fortnight.transforms.volumes;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.IncompatibleWindowException;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.NonMergingWindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.joda.time.Instant;

/**
 * Windows from the start of a previous to the end of a current period. Sliding windows would assign
 * an element also to the windows in which it is between the two periods: 51 of 53 for a week that
 * is compared with that of last year.
 */
final class PeriodPairs extends NonMergingWindowFn<Object, IntervalWindow> {
  private static final long serialVersionUID = 1;

  private final Periods periods;

  PeriodPairs(Periods periods) {
    this.periods = periods;
  }

  @Override
  public Collection<IntervalWindow> assignWindows(AssignContext context) {
    return assignWindows(context.timestamp().getMillis());
  }

  /** Returns the windows that contain an event time in one of both periods. */
  Collection<IntervalWindow> assignWindows(long eventTime) {
    long slice = periods.sliceStart(eventTime);
    Set<IntervalWindow> windows = new LinkedHashSet<>();
    for (long end = periods.firstEnd(slice);
        periods.currentStart(end) <= slice;
        end = periods.nextEnd(end)) {
      windows.add(window(end));
    }
    for (long end = periods.firstEndAsPrevious(slice);
        periods.previousStart(end) <= slice;
        end = periods.nextEnd(end)) {
      windows.add(window(end));
    }
    return windows;
  }

  private IntervalWindow window(long end) {
    return new IntervalWindow(
        Instant.ofEpochMilli(periods.previousStart(end)), Instant.ofEpochMilli(end));
  }

  @Override
  @Deprecated // In Beam; it is abstract nevertheless.
  @SuppressWarnings("InlineMeSuggester") // Beam calls it.
  public boolean isCompatible(WindowFn<?, ?> other) {
    return equals(other);
  }

  @Override
  public void verifyCompatibility(WindowFn<?, ?> other) throws IncompatibleWindowException {
    if (!equals(other)) {
      throw new IncompatibleWindowException(other, "only pairs of the same periods are compatible");
    }
  }

  @Override
  public Coder<IntervalWindow> windowCoder() {
    return IntervalWindow.getCoder();
  }

  @Override
  public WindowMappingFn<IntervalWindow> getDefaultWindowMappingFn() {
    throw new UnsupportedOperationException("not for side inputs: windows overlap");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeriodPairs pairs && periods.equals(pairs.periods);
  }

  @Override
  public int hashCode() {
    return periods.hashCode();
  }
}

package fortnight.transforms.volumes;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Duration;

/**
 * The periods that are compared on the axis of event time, in milliseconds: of fixed length, or of
 * the calendar. Every period consists of whole slices.
 *
 * <p>A comparison is named by the end of its current period. Ends are the same distance apart: a
 * comparison is later than the one before it by one or more slices.
 */
interface Periods extends Serializable {
  /** Returns the longest windows that tile all others. */
  WindowFn<Object, IntervalWindow> slices();

  /** Returns windows of one period, without overlap. */
  WindowFn<Object, IntervalWindow> tumbling();

  /**
   * Returns windows from the start of the previous to the end of the current period; a time is in
   * those of which it is in one of both periods.
   */
  WindowFn<Object, IntervalWindow> pairs();

  /** Returns the start of an event time's slice. */
  long sliceStart(long eventTime);

  /** Returns the end of the slice with this start. */
  long sliceEnd(long sliceStart);

  /** Returns the end of the first current period that contains a slice. */
  long firstEnd(long sliceStart);

  /** Returns the end of the first current period whose previous period contains a slice. */
  long firstEndAsPrevious(long sliceStart);

  /** Returns the end of the next comparison. */
  long nextEnd(long end);

  /** Returns the start of the current period. */
  long currentStart(long end);

  /** Returns the start of the previous period. */
  long previousStart(long end);

  /** Returns the end of the previous period, which may be before the start of the current one. */
  long previousEnd(long end);

  /** Returns the length of the longest slice. */
  Duration longestSlice();

  /**
   * Returns how much longer than a window a slice accepts late elements: the time from its end to
   * that of the last window that covers it, but not longer than if the periods were adjacent.
   */
  Duration furtherLateness();

  /** Returns how many comparisons overlap: whose windows, with the gap in them, contain a time. */
  long overlapping();

  /** Returns the length of a period in ISO 8601. */
  String period();

  /** Returns the distance of two comparisons in ISO 8601. */
  String every();

  /** Returns the distance of the compared periods in ISO 8601. */
  String against();
}

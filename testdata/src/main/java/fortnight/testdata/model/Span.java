package fortnight.testdata.model;

/** A time range [from, until) in microseconds. */
public record Span(long from, long until) {
  public static final Span NONE = new Span(0, 0);

  /**
   * Parses {@code FROM/UNTIL}, two dates or dates and times.
   *
   * @throws IllegalArgumentException if it is not a range, or is empty
   */
  public static Span parse(String text) {
    String[] times = text.split("/", -1);
    if (times.length != 2) {
      throw new IllegalArgumentException("not a time range");
    }
    try {
      Span span =
          new Span(Micros.of(Micros.parseLocal(times[0])), Micros.of(Micros.parseLocal(times[1])));
      if (span.length() <= 0) {
        throw new IllegalArgumentException("FROM must be before UNTIL");
      }
      return span;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("out of range", e);
    }
  }

  public boolean contains(long micros) {
    return from <= micros && micros < until;
  }

  public long length() {
    return until - from;
  }

  public Span intersection(Span other) {
    long start = Math.max(from, other.from);
    return new Span(start, Math.max(start, Math.min(until, other.until)));
  }
}

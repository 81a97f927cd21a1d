package fortnight.testdata;

/** A stretch of time, [from, until), in microseconds. */
record Span(long from, long until) {
  static final Span NONE = new Span(0, 0);

  boolean contains(long micros) {
    return from <= micros && micros < until;
  }

  long length() {
    return until - from;
  }

  /** What both have in common. */
  Span and(Span other) {
    long start = Math.max(from, other.from);
    return new Span(start, Math.max(start, Math.min(until, other.until)));
  }
}

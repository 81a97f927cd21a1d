package fortnight.report;

/** A line that is no row of its result; the message says why, in words for the user. */
final class BrokenRow extends Exception {
  BrokenRow(String message) {
    super(message, null, false, false);
  }
}

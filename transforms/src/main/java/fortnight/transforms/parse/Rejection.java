package fortnight.transforms.parse;

import fortnight.transforms.RejectReason;

/** Ends the parsing of a record that is not a transaction; never leaves this package. */
final class Rejection extends Exception {
  private final RejectReason reason;

  Rejection(RejectReason reason, String message) {
    // No stack trace: a rejected record is data, and there may be millions of them.
    super(message, null, false, false);
    this.reason = reason;
  }

  RejectReason reason() {
    return reason;
  }
}

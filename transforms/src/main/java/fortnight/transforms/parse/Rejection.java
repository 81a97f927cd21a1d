package fortnight.transforms.parse;

import fortnight.transforms.RejectReason;

/** Thrown when a record is not a valid transaction; internal to this package. */
final class Rejection extends Exception {
  private final RejectReason reason;

  Rejection(RejectReason reason, String message) {
    // No stack trace, for speed: rejected records are data, and may be numerous.
    super(message, null, false, false);
    this.reason = reason;
  }

  /** Returns this rejection with the path of the value before its message. */
  Rejection at(String path) {
    return new Rejection(reason, path + ": " + getMessage());
  }

  /** Returns this rejection with another reason. */
  Rejection withReason(RejectReason newReason) {
    return new Rejection(newReason, getMessage());
  }

  RejectReason reason() {
    return reason;
  }
}

package fortnight.report;

/** There is no live page; the message is one sentence for the user, and quotes no setting. */
final class LiveFailed extends Exception {
  LiveFailed(String message) {
    super(message);
  }
}

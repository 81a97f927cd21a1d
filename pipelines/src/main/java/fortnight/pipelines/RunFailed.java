package fortnight.pipelines;

/** A run that came to no good end; the message is one sentence for the user. */
final class RunFailed extends Exception {
  RunFailed(String message) {
    super(message);
  }
}

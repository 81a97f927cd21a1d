package fortnight.report;

import java.util.Arrays;

/** There is no live page; the message is one sentence for the user, and quotes no setting. */
final class LiveFailed extends Exception {
  LiveFailed(String message) {
    super(message);
  }

  /** By a failure that is nobody's but ours: where, without its own message. */
  static LiveFailed unforeseen(Throwable failure) {
    String place =
        Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("fortnight."))
            .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
            .findFirst()
            .orElse("");
    return new LiveFailed(
        failure.getClass().getSimpleName()
            + place
            + ", which should not be; report it, and start the page again");
  }
}

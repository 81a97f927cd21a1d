package fortnight.runners;

/** Why a part of the local stack is not there, in one sentence for whoever started it. */
final class StackFailed extends Exception {
  StackFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

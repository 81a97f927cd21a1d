package fortnight.benchmarks;

/** Why there is no result: one sentence that says what to do next. */
final class CannotRun extends Exception {
  CannotRun(String sentence) {
    super(sentence);
  }
}

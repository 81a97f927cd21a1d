package fortnight.runners;

/** Why there is no broker, in one sentence for whoever started it. */
final class BrokerFailed extends Exception {
  BrokerFailed(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

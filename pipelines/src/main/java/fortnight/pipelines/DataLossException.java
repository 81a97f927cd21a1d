package fortnight.pipelines;

/**
 * Records of a topic that were not read yet are gone; the message is one sentence for the user. To
 * restart the job does not help.
 */
final class DataLossException extends RuntimeException {
  DataLossException(String message) {
    super(message);
  }
}

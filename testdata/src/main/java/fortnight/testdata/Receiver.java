package fortnight.testdata;

import java.io.IOException;

/** Takes records as they arrive. */
@FunctionalInterface
interface Receiver {
  /**
   * Takes a record.
   *
   * @param buffer what it says are the first {@code length} bytes, until this call returns
   */
  void receive(Delivery delivery, byte[] buffer, int length) throws IOException;
}

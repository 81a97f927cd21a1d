package fortnight.testdata.delivery;

import fortnight.testdata.model.Purchase;
import java.io.IOException;
import java.util.Comparator;

/**
 * A record between the shop and the output.
 *
 * @param arrival time of arrival, microseconds on the shop's clock
 * @param sequence orders records of equal arrival
 * @param other whether it is not the transaction, but the record that precedes it
 * @param malformation how the record is broken, or null
 */
public record Delivery(
    long arrival,
    long sequence,
    long id,
    Purchase purchase,
    boolean other,
    Malformation malformation) {

  static final Comparator<Delivery> BY_ARRIVAL =
      Comparator.comparingLong(Delivery::arrival).thenComparingLong(Delivery::sequence);

  /** Receives records in the order of their arrival. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Receives a record.
     *
     * @param buffer its first {@code length} bytes are the record, until this call returns
     */
    void receive(Delivery delivery, byte[] buffer, int length) throws IOException;
  }
}

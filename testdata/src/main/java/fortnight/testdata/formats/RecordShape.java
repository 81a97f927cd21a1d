package fortnight.testdata.formats;

import java.util.Map;

/**
 * The shape in which a product writes transactions: JSON, or rows of CSV under a header. The same
 * transaction has the same instant (to the precision of the notation), customer, items and
 * quantities in every shape.
 *
 * <p>The stream of a product can contain records that are no transactions, such as test orders or
 * page views. They depend on nothing but the transaction that they precede.
 */
public interface RecordShape {
  /** The value of {@code --format}. */
  String name();

  /**
   * JSON Pointers (RFC 6901) to the fields of a transaction, in its first line item for those of a
   * line item. Fields that the product does not have are absent, and so are all fields of CSV.
   */
  Map<Field, String> pointers();

  /** The line before the first record of a file; empty if the records have no header. */
  default byte[] header() {
    return new byte[0];
  }

  /** Writes a transaction. */
  void writeTransaction(Transaction transaction, RecordBuffer record);

  /** Whether a record that is no transaction precedes a transaction. */
  default boolean hasOtherBefore(Transaction transaction) {
    return false;
  }

  /**
   * Writes the record that precedes a transaction, and is none.
   *
   * @throws UnsupportedOperationException if the product has no such records
   */
  default void writeOtherBefore(Transaction transaction, RecordBuffer record) {
    throw new UnsupportedOperationException(name() + " has transactions only");
  }

  /** A field that every transaction needs. */
  enum Field {
    ID,
    TIME,
    ITEM,
    QUANTITY
  }
}

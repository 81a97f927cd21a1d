package fortnight.testdata.formats;

import java.util.Map;

/**
 * The JSON shape in which a product writes transactions. The same transaction has the same instant
 * (to the precision of the notation), customer, items and quantities in every shape.
 *
 * <p>The stream of a product can contain records that are no transactions, such as test orders or
 * page views. They depend on nothing but the transaction that they precede.
 */
public interface RecordShape {
  /** The value of {@code --format}. */
  String name();

  /**
   * JSON Pointers (RFC 6901) to the fields of a transaction, in its first line item for those of a
   * line item. Fields that the product does not have are absent.
   */
  Map<Field, String> pointers();

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

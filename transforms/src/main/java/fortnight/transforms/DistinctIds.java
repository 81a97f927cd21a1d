package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The distinct ids of a set of records.
 *
 * @param transactions empty if each record is a transaction
 * @param customers empty if customers are not counted; guests are not included
 */
public record DistinctIds(IdSet transactions, IdSet customers) {
  public static final DistinctIds NONE = new DistinctIds(IdSet.EMPTY, IdSet.EMPTY);

  public boolean isEmpty() {
    return transactions.isEmpty() && customers.isEmpty();
  }

  public DistinctIds plus(DistinctIds other) {
    return isEmpty() || other.isEmpty()
        ? (isEmpty() ? other : this)
        : new DistinctIds(transactions.union(other.transactions), customers.union(other.customers));
  }

  void encode(OutputStream out) throws IOException {
    IdSet.coder().encode(transactions, out);
    IdSet.coder().encode(customers, out);
  }

  static DistinctIds decode(InputStream in) throws IOException {
    return new DistinctIds(IdSet.coder().decode(in), IdSet.coder().decode(in));
  }
}

package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * A purchase or a return.
 *
 * @param id the transaction's id
 * @param customer the customer's id; null for a guest
 * @param timestamp event time: local time of the business as milliseconds on the UTC axis
 * @param lineItems the items sold or returned; may be empty
 * @param currency the currency of all amounts; null if the format has no currency
 * @param dimensions the values of the dimensions of records, in the order of the format
 */
public record Transaction(
    Id id,
    @Nullable Id customer,
    Instant timestamp,
    List<LineItem> lineItems,
    @Nullable String currency,
    List<Id> dimensions) {

  /** Creates a transaction without currency and dimensions. */
  public Transaction(Id id, @Nullable Id customer, Instant timestamp, List<LineItem> lineItems) {
    this(id, customer, timestamp, lineItems, null, List.of());
  }

  public static Coder<Transaction> coder() {
    return TransactionCoder.INSTANCE;
  }

  private static final class TransactionCoder extends AtomicCoder<Transaction> {
    private static final long serialVersionUID = 1;

    static final TransactionCoder INSTANCE = new TransactionCoder();

    private static final Coder<@Nullable Id> CUSTOMER = NullableCoder.of(Id.coder());
    private static final Coder<List<LineItem>> LINE_ITEMS = ListCoder.of(LineItem.coder());
    private static final Coder<@Nullable String> CURRENCY = NullableCoder.of(StringUtf8Coder.of());

    @Override
    public void encode(Transaction transaction, OutputStream out) throws IOException {
      Id.coder().encode(transaction.id, out);
      CUSTOMER.encode(transaction.customer, out);
      Varints.write(transaction.timestamp.getMillis(), out);
      LINE_ITEMS.encode(transaction.lineItems, out);
      CURRENCY.encode(transaction.currency, out);
      Varints.writeIds(transaction.dimensions, out);
    }

    @Override
    public Transaction decode(InputStream in) throws IOException {
      return new Transaction(
          Id.coder().decode(in),
          CUSTOMER.decode(in),
          Instant.ofEpochMilli(Varints.read(in)),
          LINE_ITEMS.decode(in),
          CURRENCY.decode(in),
          Varints.readIds(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

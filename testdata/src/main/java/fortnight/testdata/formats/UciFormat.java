package fortnight.testdata.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import fortnight.testdata.model.Purchase;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The CSV file Online Retail of the UCI Machine Learning Repository, in ISO 8859-1: one row for
 * each line item of a transaction. Times have no seconds.
 */
final class UciFormat implements RecordShape {
  private static final byte[] HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
          .getBytes(ISO_8859_1);

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("M/d/uuuu H:mm", Locale.ROOT);

  private static final List<byte[]> DESCRIPTIONS =
      List.of(
          bytes("\"DOG FOOD \"\"PRAIRIE\"\"\""),
          bytes("CROQUETTES POUR B\u00c9B\u00c9"),
          bytes("\"KATZENSTREU, GR\u00d6SSE M\""),
          bytes("BAGS & LEASHES"),
          bytes("\"BIODEGRADABLE\nBAGS\""));

  @Override
  public String name() {
    return "uci";
  }

  @Override
  public byte[] header() {
    return HEADER.clone();
  }

  @Override
  public Map<Field, String> pointers() {
    return Map.of();
  }

  @Override
  public void writeTransaction(Transaction transaction, RecordBuffer record) {
    Purchase purchase = transaction.purchase();
    byte[] time = bytes(MINUTES.format(transaction.local()));
    for (int line = 0; line < purchase.lineItems(); line++) {
      if (line > 0) {
        record.put('\n');
      }
      record.put(transaction.id(), 1);
      record.put(',');
      record.put(purchase.item(line), 1);
      record.put(',');
      record.put(DESCRIPTIONS.get(purchase.item(line) % DESCRIPTIONS.size()));
      record.put(',');
      record.put(purchase.quantity(line), 1);
      record.put(',');
      record.put(time);
      record.put(',');
      record.put(Transaction.decimal(transaction.unitCents(line)));
      record.put(',');
      record.put(purchase.customer(), 1);
      record.put(',');
      record.put(transaction.address().country());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}

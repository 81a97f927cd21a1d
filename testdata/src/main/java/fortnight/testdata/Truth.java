package fortnight.testdata;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to the records and what must come out all the same, one JSON object a line: a line
 * for every late, duplicated and broken one, the rows of {@code weekly-volume} and {@code
 * product-volume}, and the sums at the end.
 */
final class Truth {
  private final JsonGenerator lines;
  private final WeekOfTruth week;
  private final Map<String, Long> broken = new TreeMap<>();
  private long transactions;
  private long notMade;
  private long records;
  private long late;
  private long duplicated;
  private long outOfOrder;
  private long newest = Long.MIN_VALUE;
  private long mostDisorder;

  Truth(OutputStream bytes, int products) throws IOException {
    lines = JsonLines.to(bytes);
    week = new WeekOfTruth(products, lines);
  }

  /** The shop sold this; purchases come by time. */
  void sells(Purchase purchase) throws IOException {
    transactions++;
    week.add(purchase);
  }

  /** A purchase that did not come about, since nobody bought then. */
  void staysAway() {
    notMade++;
  }

  void isLate(long id) throws IOException {
    late++;
    writeFault("LATE", null, id);
  }

  void isDuplicated(long id) throws IOException {
    duplicated++;
    writeFault("DUPLICATE", null, id);
  }

  void isBroken(long id, String reason) throws IOException {
    broken.merge(reason, 1L, Long::sum);
    writeFault("MALFORMED", reason, id);
  }

  /** Counts what comes after newer ones, and by how much. */
  void arrives(Delivery delivery) {
    records++;
    if (delivery.malformation() != null) {
      return; // it has no event time that can be read
    }
    long eventTime = delivery.purchase().micros;
    if (eventTime < newest) {
      outOfOrder++;
      mostDisorder = Math.max(mostDisorder, newest - eventTime);
    }
    newest = Math.max(newest, eventTime);
  }

  private void writeFault(String fault, String reason, long id) throws IOException {
    lines.writeStartObject();
    lines.writeStringField("fault", fault);
    if (reason != null) {
      lines.writeStringField("reason", reason);
    }
    lines.writeNumberField("transaction_id", id);
    lines.writeEndObject();
  }

  /** Writes what is left, and the sums. */
  void end() throws IOException {
    week.end();
    lines.writeStartObject();
    lines.writeNumberField("records", records);
    lines.writeNumberField("transactions", transactions);
    lines.writeNumberField("late", late);
    lines.writeNumberField("duplicates", duplicated);
    lines.writeNumberField("out_of_order", outOfOrder);
    lines.writeNumberField("most_out_of_order_micros", mostDisorder);
    lines.writeNumberField("idle", notMade);
    lines.writeObjectFieldStart("malformed");
    for (Map.Entry<String, Long> reason : broken.entrySet()) {
      lines.writeNumberField(reason.getKey(), reason.getValue());
    }
    lines.writeEndObject();
    lines.writeEndObject();
    JsonLines.end(lines);
  }
}

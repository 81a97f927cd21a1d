package fortnight.testdata.delivery;

import fortnight.common.Analysis;
import fortnight.testdata.model.JsonLines;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the faults of a run and the results that the pipeline must give in spite of them, one JSON
 * object per line: a line for every late, duplicated and malformed record, the rows of {@code
 * weekly-volume} and {@code product-volume}, and the totals at the end.
 */
public final class GroundTruth {
  private final JsonLines lines;
  private final Week week;
  private final Map<String, Long> malformed = new TreeMap<>();
  private long transactions;
  private long discarded;
  private long records;
  private long late;
  private long duplicates;
  private long outOfOrder;
  private long newest = Long.MIN_VALUE;
  private long maxDisorder;

  public GroundTruth(OutputStream bytes, int products) throws IOException {
    lines = new JsonLines(bytes);
    week = new Week(products);
  }

  /** Adds a purchase; purchases come by time. */
  void addPurchase(Purchase purchase) throws IOException {
    transactions++;
    week.add(purchase);
  }

  /** Counts a purchase that was discarded because it was in the idle time. */
  void addDiscarded() {
    discarded++;
  }

  void addLate(long id) throws IOException {
    late++;
    writeFault("LATE", null, id);
  }

  void addDuplicate(long id) throws IOException {
    duplicates++;
    writeFault("DUPLICATE", null, id);
  }

  void addMalformed(long id, String reason) throws IOException {
    malformed.merge(reason, 1L, Long::sum);
    writeFault("MALFORMED", reason, id);
  }

  /**
   * Counts a record, and whether it is older than one that arrived before it. Records that are no
   * transactions are not counted.
   */
  void addArrival(Delivery delivery) {
    if (delivery.other()) {
      return;
    }
    records++;
    if (delivery.malformation() != null) {
      return; // its event time may be unreadable
    }
    long eventTime = delivery.purchase().micros();
    if (eventTime < newest) {
      outOfOrder++;
      maxDisorder = Math.max(maxDisorder, newest - eventTime);
    }
    newest = Math.max(newest, eventTime);
  }

  private void writeFault(String fault, String reason, long id) throws IOException {
    lines.start().field("fault", fault);
    if (reason != null) {
      lines.field("reason", reason);
    }
    lines.field("transaction_id", id).end();
  }

  /** Writes the last week and the totals. */
  void finish() throws IOException {
    week.write();
    lines
        .start()
        .field("records", records)
        .field("transactions", transactions)
        .field("late", late)
        .field("duplicates", duplicates)
        .field("out_of_order", outOfOrder)
        .field("most_out_of_order_micros", maxDisorder)
        .field("idle", discarded)
        .field("malformed", malformed)
        .end();
    lines.finish();
  }

  /** The volumes of the current week, Monday to Sunday; written when the next week begins. */
  private final class Week {
    private static final long MICROS = 7 * Micros.PER_DAY;
    private static final long FIRST_MONDAY = 4 * Micros.PER_DAY;
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private final long[] lineItemsOf;
    private final long[] unitsOf;
    private long start = Long.MIN_VALUE;
    private long transactionsOfWeek;
    private long first;
    private long last;

    Week(int products) {
      this.lineItemsOf = new long[products + 1];
      this.unitsOf = new long[products + 1];
    }

    void add(Purchase purchase) throws IOException {
      long monday = purchase.micros() - Math.floorMod(purchase.micros() - FIRST_MONDAY, MICROS);
      if (monday != start) {
        write();
        start = monday;
        first = purchase.micros();
      }
      last = purchase.micros();
      transactionsOfWeek++;
      for (int line = 0; line < purchase.lineItems(); line++) {
        lineItemsOf[purchase.item(line)]++;
        unitsOf[purchase.item(line)] += purchase.quantity(line);
      }
    }

    /** Writes the week, if it has any transactions, and resets the sums. */
    void write() throws IOException {
      if (transactionsOfWeek == 0) {
        return;
      }
      startRow(Analysis.WEEKLY_VOLUME)
          .field("transactions", transactionsOfWeek)
          .field("line_items", Arrays.stream(lineItemsOf).sum())
          .field("units", Arrays.stream(unitsOf).sum())
          .field("first_transaction", format(first))
          .field("last_transaction", format(last))
          .end();
      for (int item = 1; item < lineItemsOf.length; item++) {
        if (lineItemsOf[item] > 0) {
          startRow(Analysis.PRODUCT_VOLUME)
              .field("item_id", item)
              .field("line_items", lineItemsOf[item])
              .field("units", unitsOf[item])
              .end();
        }
      }
      transactionsOfWeek = 0;
      Arrays.fill(lineItemsOf, 0);
      Arrays.fill(unitsOf, 0);
    }

    private JsonLines startRow(Analysis analysis) throws IOException {
      return lines
          .start()
          .field("analysis", analysis.title())
          .field("window_start", format(start))
          .field("window_end", format(start + MICROS));
    }

    private static String format(long micros) {
      LocalDateTime time = Micros.toLocal(micros).truncatedTo(ChronoUnit.MILLIS);
      return (time.get(ChronoField.MILLI_OF_SECOND) == 0 ? SECONDS : MILLIS).format(time);
    }
  }
}

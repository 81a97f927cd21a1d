package fortnight.testdata.delivery;

import fortnight.common.Analysis;
import fortnight.testdata.model.Catalog;
import fortnight.testdata.model.JsonLines;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import fortnight.testdata.model.Stores;
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
 * weekly-volume}, {@code product-volume}, {@code store-volume} and {@code category-volume}, and the
 * totals at the end.
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

  /**
   * A truth without purchases.
   *
   * @param catalog of the world, for prices and categories
   */
  public GroundTruth(OutputStream bytes, Catalog catalog) throws IOException {
    lines = new JsonLines(bytes);
    week = new Week(catalog);
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

    private final Catalog catalog;
    private final long[] lineItemsOf;
    private final long[] unitsOf;
    private final Sales[] salesOfStores = new Sales[Stores.COUNT + 1];
    private long start = Long.MIN_VALUE;
    private long first;
    private long last;

    Week(Catalog catalog) {
      this.catalog = catalog;
      this.lineItemsOf = new long[catalog.size() + 1];
      this.unitsOf = new long[catalog.size() + 1];
      Arrays.setAll(salesOfStores, store -> new Sales());
    }

    void add(Purchase purchase) throws IOException {
      long monday = purchase.micros() - Math.floorMod(purchase.micros() - FIRST_MONDAY, MICROS);
      if (monday != start) {
        write();
        start = monday;
        first = purchase.micros();
      }
      last = purchase.micros();
      Sales ofStore = salesOfStores[purchase.store()];
      ofStore.transactions++;
      for (int line = 0; line < purchase.lineItems(); line++) {
        int item = purchase.item(line);
        int quantity = purchase.quantity(line);
        lineItemsOf[item]++;
        unitsOf[item] += quantity;
        ofStore.add(1, quantity, catalog.cents(item));
      }
    }

    /** Writes the week, if it has any transactions, and resets the sums. */
    void write() throws IOException {
      Sales all = new Sales();
      for (Sales ofStore : salesOfStores) {
        all.add(ofStore);
      }
      if (all.transactions == 0) {
        return;
      }
      startRow(Analysis.WEEKLY_VOLUME.title()).field("transactions", all.transactions);
      all.write().field("first_transaction", format(first));
      lines.field("last_transaction", format(last)).end();
      Map<String, Sales> salesOfCategories = new TreeMap<>();
      for (int item = 1; item < lineItemsOf.length; item++) {
        if (lineItemsOf[item] > 0) {
          Sales sales = new Sales();
          sales.add(lineItemsOf[item], unitsOf[item], catalog.cents(item));
          startRow(Analysis.PRODUCT_VOLUME.title()).field("item_id", item);
          sales.write().end();
          salesOfCategories
              .computeIfAbsent(catalog.category(item), unused -> new Sales())
              .add(sales);
        }
      }
      writeStores();
      for (Map.Entry<String, Sales> category : salesOfCategories.entrySet()) {
        startRow("category-volume").field("category", category.getKey());
        category.getValue().write().end();
      }
      Arrays.fill(lineItemsOf, 0);
      Arrays.fill(unitsOf, 0);
      Arrays.setAll(salesOfStores, store -> new Sales());
    }

    private void writeStores() throws IOException {
      for (int store = 1; store <= Stores.COUNT; store++) {
        Sales sales = salesOfStores[store];
        if (sales.transactions > 0) {
          startRow("store-volume").field("store", store).field("transactions", sales.transactions);
          sales.write().end();
        }
      }
    }

    private JsonLines startRow(String analysis) throws IOException {
      return lines
          .start()
          .field("analysis", analysis)
          .field("window_start", format(start))
          .field("window_end", format(start + MICROS));
    }

    private static String format(long micros) {
      LocalDateTime time = Micros.toLocal(micros).truncatedTo(ChronoUnit.MILLIS);
      return (time.get(ChronoField.MILLI_OF_SECOND) == 0 ? SECONDS : MILLIS).format(time);
    }
  }

  /** What was sold of a product or a category, in a store, or of all. */
  private final class Sales {
    private long transactions;
    private long lineItems;
    private long units;
    private long cents;

    void add(long moreLineItems, long moreUnits, long unitCents) {
      lineItems += moreLineItems;
      units += moreUnits;
      cents += moreUnits * unitCents;
    }

    void add(Sales other) {
      transactions += other.transactions;
      lineItems += other.lineItems;
      units += other.units;
      cents += other.cents;
    }

    /** Writes the sums, except for the transactions, into the current row. */
    JsonLines write() throws IOException {
      return lines.field("line_items", lineItems).field("units", units).money("revenue", cents);
    }
  }
}

package fortnight.testdata.formats;

import fortnight.testdata.model.Catalog;
import fortnight.testdata.model.Micros;
import fortnight.testdata.model.Purchase;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A purchase of products of a catalog, and its number, from 1, with what formats derive from them:
 * prices, titles and times. Texts are JSON, with escapes and UTF-8.
 */
public record Transaction(long id, Purchase purchase, Catalog catalog) {
  private static final List<String> TITLES =
      List.of(
          "Dog Food \\\"Prairie\\\"",
          "Croquettes pour ch\\u00e2ton",
          "Katzenstreu Größe M",
          "Bags \\u0026 Leashes",
          "Biodegradable Bags");

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private static final ZoneOffset SUMMER = ZoneOffset.ofHours(-4);
  private static final ZoneOffset WINTER = ZoneOffset.ofHours(-5);

  /** The same transaction so many seconds earlier. */
  Transaction earlier(long seconds) {
    return at(purchase.micros() - seconds * Micros.PER_SECOND);
  }

  /** The same transaction at another time. */
  public Transaction at(long micros) {
    return new Transaction(id, purchase.at(micros), catalog);
  }

  /** The time in UTC, with milliseconds and {@code Z}. */
  String utc() {
    return MILLIS.format(local().atOffset(ZoneOffset.UTC));
  }

  /**
   * The time on the east coast of America, with milliseconds and offset. Daylight saving time is
   * April to October, so that it does not depend on the JVM's time zone data.
   */
  String eastern() {
    Month month = local().getMonth();
    boolean summer = month.compareTo(Month.APRIL) >= 0 && month.compareTo(Month.OCTOBER) <= 0;
    return MILLIS.format(
        local().atOffset(ZoneOffset.UTC).withOffsetSameInstant(summer ? SUMMER : WINTER));
  }

  LocalDateTime local() {
    return Micros.toLocal(purchase.micros());
  }

  Address address() {
    return Address.of(purchase.customer());
  }

  String title(int line) {
    return TITLES.get(purchase.item(line) % TITLES.size()) + " " + purchase.item(line);
  }

  String category(int line) {
    return catalog.category(purchase.item(line));
  }

  /** The price of one unit in cents. */
  long unitCents(int line) {
    return catalog.cents(purchase.item(line));
  }

  /** The price of a line item in cents. */
  long cents(int line) {
    return unitCents(line) * purchase.quantity(line);
  }

  /** The price of all line items in cents. */
  long totalCents() {
    long total = 0;
    for (int line = 0; line < purchase.lineItems(); line++) {
      total += cents(line);
    }
    return total;
  }

  long units() {
    long units = 0;
    for (int line = 0; line < purchase.lineItems(); line++) {
      units += purchase.quantity(line);
    }
    return units;
  }

  /** An amount with two decimal places: {@code 12.05}. */
  static String decimal(long cents) {
    return cents / 100 + "." + cents / 10 % 10 + cents % 10;
  }

  /** A number in base 36, padded with zeros. */
  static String code(long number, int length) {
    String digits = Long.toString(number, 36);
    return "0".repeat(Math.max(0, length - digits.length())) + digits;
  }
}

package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneOffset;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * JSON records with amounts and dimensions; each is parsed with and without the fast path, which
 * must agree. In records, ' represents ".
 */
final class Purchases {
  static final String FORMAT =
      "id=id,time=ts,item=lines[].sku,quantity=lines[].n,price=lines[].price,currency=cur,"
          + "by.store=store,by.category=lines[].cat";

  private Purchases() {}

  /** Returns a record of {@link #FORMAT} with one line item, sold twice. */
  static String withPrice(String price) {
    return of("'cur': 'EUR', 'store': 5", "'price': " + price + ", 'cat': 'tea'");
  }

  /** Returns a record of {@link #FORMAT} with these further fields. */
  static String of(String ofRecord, String ofLineItem) {
    return "{'id': 1, 'ts': '2023-01-02T09:00', %s, 'lines': [{'sku': 7, 'n': 2, %s}]}"
        .formatted(ofRecord, ofLineItem);
  }

  static LineItem lineItem(String format, String record) throws Rejection {
    return parsed(format, record).lineItems().get(0);
  }

  static Transaction parsed(String format, String record) throws Rejection {
    TransactionParser parser = parser(format);
    ParsedRecord expected = parser.parseWithJackson(payload(record));
    ParsedRecord fast = parser.parseFast(payload(record));
    assertThat(fast == null ? expected : fast).isEqualTo(expected);
    assertThat(parser.parse(payload(record))).isEqualTo(expected);
    return expected.transaction();
  }

  /** Returns whether the fast path accepts a record. */
  static boolean isFast(String format, String record) {
    return parseFast(format, record) != null;
  }

  static void assertRejected(String format, String record, RejectReason reason, String message) {
    TransactionParser parser = parser(format);
    Rejection rejection =
        catchThrowableOfType(Rejection.class, () -> parser.parse(payload(record)));

    assertThat(rejection).as(record).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(parseFast(format, record)).isNull();
  }

  private static @Nullable ParsedRecord parseFast(String format, String record) {
    return parser(format).parseFast(payload(record));
  }

  private static TransactionParser parser(String format) {
    return new TransactionParser(
        RecordFormat.parse(format), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
  }

  private static Payload payload(String record) {
    return Payload.of("f:", 0, record.replace('\'', '"').getBytes(UTF_8));
  }
}

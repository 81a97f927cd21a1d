package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.formats.RecordFormat;
import java.nio.charset.Charset;
import java.time.ZoneOffset;

/** Asserts the rejection of records; in their text, ' represents ". */
final class Rejections {
  static final String SALE =
      "{'transaction_id': 1, 'customer_id': 2, 'timestamp': '2023-01-02T09:00',"
          + " 'line_items': [{'item_id': 3, 'quantity': 4}]}";

  private Rejections() {}

  static void assertRejected(String record, RejectReason reason, String message) {
    assertRejected(json(record, UTF_8), reason, message);
  }

  static void assertRejected(byte[] record, RejectReason reason, String message) {
    Rejection rejection = rejection(record);

    assertThat(rejection).hasMessage(message);
    assertThat(rejection.reason()).isEqualTo(reason);
  }

  static Rejection rejection(String record) {
    return rejection(json(record, UTF_8));
  }

  static Rejection rejection(byte[] record) {
    TransactionParser parser =
        new TransactionParser(
            RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);
    return catchThrowableOfType(Rejection.class, () -> parser.parse(Payload.of("f:", 0, record)));
  }

  static byte[] json(String record, Charset charset) {
    return record.replace('\'', '"').getBytes(charset);
  }
}

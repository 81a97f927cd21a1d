package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Payload;
import fortnight.transforms.Transaction;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class TransactionFuzzTest {
  private static final int RUNS = Boolean.getBoolean("long") ? 100_000 : 20_000;
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern STARTS_WITH_A_PATH =
      Pattern.compile(
          "(record|transaction_id|customer_id|timestamp|line_items"
              + "|line_items\\[\\d+](\\.(item_id|quantity))?): .");

  private static final List<String> VALID =
      List.of(
          "{\"transaction_id\":1,\"timestamp\":\"2023-01-02T09:00\",\"line_items\":[]}",
          "{\"transaction_id\": \"a\\u00e4🛒\", \"customer_id\": null, \"timestamp\":"
              + " \"2023-01-02 09:00:59.123456789+02:00\", \"line_items\": [{\"item_id\":"
              + " 12345678901234567890, \"quantity\": -9007199254740991}, {\"quantity\": 7,"
              + " \"item_id\": \"\\ud83d\\uded2\", \"price\": 1.5e3}]}\r");

  private final Random random = new Random(7);

  @Test
  void parsesOrRejectsMutatedRecords() {
    TransactionParser parser =
        new TransactionParser(
            RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] record = mutated(VALID.get(run % VALID.size()).getBytes(UTF_8));
      if (isAccepted(record, parser)) {
        accepted++;
      }
    }

    assertThat(accepted).isBetween(RUNS / 20, RUNS - RUNS / 20);
  }

  private static boolean isAccepted(byte[] record, TransactionParser parser) {
    try {
      Transaction transaction = parser.parse(Payload.of("f:", 0, record)).transaction();
      if (!isValid(transaction)) {
        throw new AssertionError(transaction.toString());
      }
      return true;
    } catch (Rejection e) {
      if (!STARTS_WITH_A_PATH.matcher(e.getMessage()).lookingAt()) {
        throw new AssertionError(e.getMessage(), e);
      }
      return false;
    } catch (Exception | Error e) {
      throw new AssertionError("parsing " + new String(record, UTF_8), e);
    }
  }

  private static boolean isValid(Transaction transaction) throws Exception {
    long eventTime = transaction.timestamp().getMillis();
    return isValid(transaction.id())
        && (transaction.customer() == null || isValid(transaction.customer()))
        && eventTime >= EventTimeRange.FIRST
        && eventTime < EventTimeRange.END
        && transaction.lineItems().stream().allMatch(TransactionFuzzTest::isValid)
        && CoderUtils.clone(Transaction.coder(), transaction).equals(transaction);
  }

  private static boolean isValid(LineItem lineItem) {
    return isValid(lineItem.item()) && Math.abs(lineItem.quantity()) < 1L << 53;
  }

  private static boolean isValid(Id id) {
    return new String(id.text().getBytes(UTF_8), UTF_8).equals(id.text())
        && (!id.integer() || INTEGER.matcher(id.text()).matches());
  }

  private byte[] mutated(byte[] record) {
    byte[] mutated = record;
    for (int remaining = 1 + random.nextInt(3); remaining > 0; remaining--) {
      mutated = mutatedOnce(mutated);
    }
    return mutated;
  }

  private byte[] mutatedOnce(byte[] record) {
    int from = random.nextInt(record.length + 1);
    int until = Math.min(record.length, from + 1 + random.nextInt(8));
    byte[] inserted = new byte[random.nextInt(3)];
    random.nextBytes(inserted);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(record, 0, from);
    switch (random.nextInt(4)) {
      case 0 -> { // Flip a bit.
        if (from < record.length) {
          out.write(record[from] ^ (1 << random.nextInt(8)));
          out.write(record, from + 1, record.length - from - 1);
        }
      }
      case 1 -> { // Insert.
        out.writeBytes(inserted);
        out.write(record, from, record.length - from);
      }
      case 2 -> // Delete.
          out.write(record, until, record.length - until);
      default -> { // Duplicate.
        out.write(record, from, until - from);
        out.write(record, from, record.length - from);
      }
    }
    return out.toByteArray();
  }
}

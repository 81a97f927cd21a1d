package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that both parsers agree on mutated records that the fast one accepts. */
class FastParserFuzzTest {
  private static final int RUNS = Boolean.getBoolean("long") ? 250_000 : 50_000;

  private static final List<String> IDS =
      List.of(
          "1",
          "0",
          "-7",
          "1107316",
          "123456789012345678",
          "1234567890123456789",
          "-0",
          "00",
          "1.0",
          "1e3",
          "''",
          "'A-7'",
          "'a b'",
          "'7'",
          "null",
          "'é'",
          "'\\u0041'",
          "'\t'",
          "true",
          "{}");

  private static final List<String> QUANTITIES =
      List.of(
          "1",
          "2",
          "-3",
          "0",
          "100",
          "999999999999999",
          "9007199254740991",
          "9007199254740992",
          "99999999999999999999",
          "-0",
          "01",
          "1.5",
          "1e2",
          "'1'",
          "null",
          "+1",
          "-");

  private static final List<String> DATES =
      List.of(
          "2023-01-02",
          "2022-12-31",
          "2024-02-29",
          "2023-02-29",
          "2023-02-30",
          "2023-04-31",
          "2100-02-29",
          "2000-02-29",
          "0000-01-01",
          "1969-12-31",
          "1970-12-31",
          "1971-01-01",
          "9999-12-31",
          "10000-01-01",
          "2023-00-10",
          "2023-13-01",
          "2023-01-00",
          "2023-1-02");

  private static final List<String> TIMES =
      List.of(
          "T09:00",
          " 09:00",
          "T23:59:59",
          "T05:59:40.799777",
          " 00:00:00.1",
          "T10:20:30.123456789",
          "T10:20:30.1234567890",
          "T24:00",
          "T23:60",
          "T23:59:60",
          "T09:00:",
          "T09:00:00.",
          "T09:00.5",
          "t09:00",
          "T9:00",
          "T09:00:00Z",
          "T09:00:00+02:00",
          "T09:00:00,5",
          "",
          "T09",
          "T09:00Z",
          "T09:00:00.5Z",
          "T09:00:00.12x",
          "T09:00:00.1234x",
          "T09:00 ");

  private static final List<String> SPACES = List.of("", "", "", " ", "\t", "\r\n", "  ", "\u00a0");

  private static final String SIGNIFICANT = "{}[]\",:\\ \t\r\n-+.eE0123456789TZnull\0";

  private final Random random = new Random(2023);
  private final TransactionParser parser =
      new TransactionParser(
          RecordFormat.fortnight(), EventTimes.in(ZoneOffset.UTC), FutureLimit.NONE);

  @Test
  void agreesWithJacksonOnAcceptedRecords() {
    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] record = record().replace('\'', '"').getBytes(UTF_8);
      for (int left = random.nextInt(3); left > 0; left--) {
        record = mutated(record);
      }
      if (isAcceptedCorrectly(record)) {
        accepted++;
      }
    }

    assertThat(accepted).isBetween(RUNS / 10, RUNS - RUNS / 10);
  }

  private boolean isAcceptedCorrectly(byte[] record) {
    byte[] shared = new byte[record.length + 2];
    System.arraycopy(record, 0, shared, 1, record.length);
    shared[0] = pick("{ \"");
    shared[record.length + 1] = pick("}9 \"");
    ParsedRecord scanned =
        parser.parseFast(new Payload("f:", 0, shared, 1, record.length, record.length));
    if (scanned != null) {
      assertAgreesWithJackson(scanned, record);
    }
    return scanned != null;
  }

  private void assertAgreesWithJackson(ParsedRecord scanned, byte[] record) {
    if (!scanned.equals(read(record))) {
      throw new AssertionError(
          new String(record, UTF_8) + " was parsed as " + scanned + ", not " + read(record));
    }
  }

  private @Nullable ParsedRecord read(byte[] record) {
    try {
      return parser.parseWithJackson(Payload.of("f:", 0, record));
    } catch (Rejection e) {
      return null;
    }
  }

  private String record() {
    List<String> fields = new ArrayList<>();
    fields.add(field("transaction_id", mostlyValid(IDS)));
    fields.add(field("timestamp", "'" + mostlyValid(DATES) + mostlyValid(TIMES) + "'"));
    fields.add(field("line_items", lineItems()));
    if (random.nextInt(4) > 0) {
      fields.add(field("customer_id", random.nextBoolean() ? "null" : mostlyValid(IDS)));
    }
    return space() + object(fields) + space();
  }

  private String lineItems() {
    List<String> lineItems = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      List<String> fields = new ArrayList<>();
      fields.add(field("item_id", mostlyValid(IDS)));
      fields.add(field("quantity", mostlyValid(QUANTITIES)));
      lineItems.add(object(fields));
    }
    return "[" + space() + String.join(space() + "," + space(), lineItems) + "]";
  }

  /** Occasionally omits a field, repeats it, or adds an unknown one. */
  private String object(List<String> fields) {
    switch (random.nextInt(40)) {
      case 0 -> fields.remove(random.nextInt(fields.size()));
      case 1 -> fields.add(fields.get(random.nextInt(fields.size())));
      case 2 -> fields.add(field("item_id", "5"));
      case 3 -> fields.add(field("timestamp", "'2023-01-02T09:00'"));
      case 4 -> fields.add(field("store", "{'quantity': [1.5, null]}"));
      default -> {}
    }
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    return "{" + space() + String.join(space() + ",", fields) + space() + "}";
  }

  private String field(String name, String value) {
    return space() + "'" + name + "'" + space() + ":" + space() + value;
  }

  private String space() {
    return random.nextInt(10) == 0 ? SPACES.get(random.nextInt(SPACES.size())) : "";
  }

  /** Returns mostly one of the first three values, which are valid. */
  private String mostlyValid(List<String> values) {
    return values.get(random.nextInt(random.nextInt(8) == 0 ? values.size() : 3));
  }

  private byte pick(String characters) {
    return (byte) characters.charAt(random.nextInt(characters.length()));
  }

  private byte[] mutated(byte[] record) {
    int from = random.nextInt(record.length + 1);
    int until = Math.min(record.length, from + 1 + random.nextInt(3));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(record, 0, from);
    switch (random.nextInt(5)) {
      case 0 -> { // Flip a bit.
        if (from < record.length) {
          out.write(record[from] ^ (1 << random.nextInt(8)));
          from++;
        }
      }
      case 1 -> out.write(pick(SIGNIFICANT)); // Insert.
      case 2 -> { // Replace.
        out.write(pick(SIGNIFICANT));
        from = until;
      }
      case 3 -> from = until; // Delete.
      default -> out.write(record, from, until - from); // Duplicate.
    }
    out.write(record, from, record.length - from);
    return out.toByteArray();
  }
}

package fortnight.testdata.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.testdata.formats.RecordShape;
import fortnight.testdata.formats.RecordShape.Field;
import java.util.List;
import java.util.function.Function;

/**
 * A way in which a record is broken.
 *
 * @param reason the reason for which the pipeline must reject it
 * @param field the field that is broken, or null; formats without the field do not have it
 * @param change returns the broken record
 */
public record Malformation(String reason, Field field, Function<ValidRecord, String> change) {
  private static final int TOO_LARGE = (1 << 20) + 1;

  private static final List<Malformation> SMALL =
      List.of(
          new Malformation("MALFORMED_JSON", null, Malformation::firstHalf),
          new Malformation("MISSING_FIELD", Field.TIME, record -> record.without(Field.TIME)),
          new Malformation("BAD_ID", Field.ID, record -> record.with(Field.ID, "17.5")),
          new Malformation(
              "BAD_QUANTITY", Field.QUANTITY, record -> record.with(Field.QUANTITY, "1.5")),
          new Malformation(
              "BAD_TIMESTAMP", Field.TIME, record -> record.with(Field.TIME, "\"yesterday\"")),
          new Malformation("TIMESTAMP_OUT_OF_RANGE", Field.TIME, record -> record.at(0)),
          new Malformation("MALFORMED_JSON", null, record -> "504 Gateway Time-out"),
          new Malformation("MISSING_FIELD", Field.ITEM, record -> record.without(Field.ITEM)),
          new Malformation("BAD_ID", Field.ITEM, record -> record.with(Field.ITEM, "null")),
          new Malformation(
              "BAD_QUANTITY", Field.QUANTITY, record -> record.with(Field.QUANTITY, "\"two\"")),
          new Malformation(
              "BAD_TIMESTAMP",
              Field.TIME,
              record -> record.with(Field.TIME, "\"2022-02-30T12:00:00\"")),
          new Malformation("MALFORMED_JSON", null, record -> record.json() + record.json()));

  private static final Malformation LARGE =
      new Malformation(
          "TOO_LARGE",
          null,
          record -> "{\"note\": \"" + "x".repeat(TOO_LARGE) + "\", " + record.json().substring(1));

  /** The malformations of a format, except for the one that is too large. */
  static List<Malformation> of(RecordShape format) {
    return SMALL.stream()
        .filter(
            malformation ->
                malformation.field == null || format.pointers().containsKey(malformation.field))
        .toList();
  }

  /** The {@code n}th malformation, from 0: all in turn, but only one in a hundred is too large. */
  static Malformation number(long n, List<Malformation> malformations) {
    return n % 100 == 6 ? LARGE : malformations.get((int) (n % malformations.size()));
  }

  byte[] apply(ValidRecord record) {
    return change.apply(record).getBytes(UTF_8);
  }

  private static String firstHalf(ValidRecord record) {
    return record.json().substring(0, record.json().length() / 2);
  }
}

package fortnight.report.metrics;

import fortnight.report.rows.DimensionValue;
import fortnight.report.rows.JsonRow;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The labels of a series, in the order in which they were added.
 *
 * @param text as in the text format, without braces
 */
public record Labels(String text) {
  public static final Labels NONE = new Labels("");

  public static final String ANALYSIS = "analysis";
  public static final String CURRENCY = "currency";
  public static final String DIMENSION = "dimension";
  public static final String DIRECTION = "direction";
  public static final String REASON = "reason";
  public static final String RESULT = "result";
  public static final String VALUE = "value";
  public static final String VALUE_TYPE = "value_type";
  public static final String WINDOW = "window";

  /** The length, in characters, from which on a value is shortened. */
  static final int MAX_LENGTH = 128;

  /** Control characters except the line feed, and surrogates that are not part of a pair. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\n]]");

  /** These and another label. */
  public Labels and(String name, String value) {
    String separator = text.isEmpty() ? "" : ",";
    return new Labels(text + separator + name + "=\"" + escaped(printable(value)) + '"');
  }

  /**
   * These and the labels of a value of a dimension. Its type distinguishes the integer 10 from the
   * string "10", and no value from the string "null".
   */
  Labels and(DimensionValue value) {
    return and(VALUE, value.isNull() ? "null" : value.text())
        .and(VALUE_TYPE, value.type().name().toLowerCase(Locale.ROOT));
  }

  /**
   * A value of bounded length without control characters. A hash of the value is appended if it was
   * changed, because two series must not have the same labels.
   */
  private static String printable(String value) {
    String shortened = JsonRow.shortened(value, MAX_LENGTH);
    String printable = UNPRINTABLE.matcher(shortened).replaceAll("\ufffd");
    return printable.equals(value) ? value : printable + " " + hash(value);
  }

  /** A hash of all characters; an encoding would replace surrogates that are not part of a pair. */
  private static UUID hash(String value) {
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * value.length());
    bytes.asCharBuffer().put(value);
    return UUID.nameUUIDFromBytes(bytes.array());
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}

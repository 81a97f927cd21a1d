package fortnight.transforms.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Writes numbers and bytes as their logical types: decimals as exact numbers, dates and times as
 * text in ISO 8601, other bytes in Base64. The names of types are compared, because Avro 1.11 does
 * not know all of them.
 */
final class LogicalValues {
  private static final int UUID_BYTES = 16;

  /** The bytes of a decimal with 1,000 digits; formatting a much longer one is slow. */
  private static final int MAX_DECIMAL_BYTES = 415;

  private LogicalValues() {}

  static void write(int value, Schema schema, JsonGenerator out) throws IOException {
    switch (logicalType(schema)) {
      case "date" -> out.writeString(LocalDate.ofEpochDay(value).toString());
      case "time-millis" -> writeTime(value, TimeUnit.MILLISECONDS, out);
      default -> out.writeNumber(value);
    }
  }

  static void write(long value, Schema schema, JsonGenerator out) throws IOException {
    switch (logicalType(schema)) {
      case "time-micros" -> writeTime(value, TimeUnit.MICROSECONDS, out);
      case "timestamp-millis" -> writeInstant(value, TimeUnit.MILLISECONDS, out);
      case "timestamp-micros" -> writeInstant(value, TimeUnit.MICROSECONDS, out);
      case "timestamp-nanos" -> writeInstant(value, TimeUnit.NANOSECONDS, out);
      case "local-timestamp-millis" -> writeLocal(value, TimeUnit.MILLISECONDS, out);
      case "local-timestamp-micros" -> writeLocal(value, TimeUnit.MICROSECONDS, out);
      case "local-timestamp-nanos" -> writeLocal(value, TimeUnit.NANOSECONDS, out);
      default -> out.writeNumber(value);
    }
  }

  static void write(byte[] value, Schema schema, JsonGenerator out)
      throws MalformedAvroException, IOException {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (value.length == 0 || value.length > MAX_DECIMAL_BYTES) {
        throw new MalformedAvroException(
            "has a decimal of %d bytes; a decimal has 1 to %d"
                .formatted(value.length, MAX_DECIMAL_BYTES));
      }
      out.writeNumber(new BigDecimal(new BigInteger(value), decimal.getScale()));
    } else if (logicalType(schema).equals("uuid") && value.length == UUID_BYTES) {
      ByteBuffer bytes = ByteBuffer.wrap(value);
      out.writeString(new UUID(bytes.getLong(), bytes.getLong()).toString());
    } else {
      out.writeString(Base64.getEncoder().encodeToString(value));
    }
  }

  private static String logicalType(Schema schema) {
    String name = schema.getProp("logicalType");
    return name == null ? "" : name;
  }

  /** A value that is not within a day remains a number. */
  private static void writeTime(long value, TimeUnit unit, JsonGenerator out) throws IOException {
    if (value >= 0 && value < unit.convert(1, TimeUnit.DAYS)) {
      out.writeString(LocalTime.ofNanoOfDay(unit.toNanos(value)).toString());
    } else {
      out.writeNumber(value);
    }
  }

  private static void writeInstant(long value, TimeUnit unit, JsonGenerator out)
      throws IOException {
    out.writeString(Instant.ofEpochSecond(seconds(value, unit), nanos(value, unit)).toString());
  }

  private static void writeLocal(long value, TimeUnit unit, JsonGenerator out) throws IOException {
    out.writeString(
        LocalDateTime.ofEpochSecond(seconds(value, unit), nanos(value, unit), ZoneOffset.UTC)
            .toString());
  }

  private static long seconds(long value, TimeUnit unit) {
    return Math.floorDiv(value, unit.convert(1, TimeUnit.SECONDS));
  }

  /** Returns the part of a time that is less than a second, in nanoseconds. */
  private static int nanos(long value, TimeUnit unit) {
    return (int) unit.toNanos(Math.floorMod(value, unit.convert(1, TimeUnit.SECONDS)));
  }
}

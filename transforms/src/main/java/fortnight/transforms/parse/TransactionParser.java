package fortnight.transforms.parse;

import static fortnight.transforms.RejectReason.MALFORMED_AVRO;
import static fortnight.transforms.RejectReason.MALFORMED_JSON;
import static fortnight.transforms.RejectReason.TIMESTAMP_OUT_OF_RANGE;
import static fortnight.transforms.RejectReason.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.Payload;
import fortnight.transforms.avro.AvroRecords;
import fortnight.transforms.avro.MalformedAvroException;
import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordEncoding;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Utf8;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;

/**
 * Parses a payload into a transaction, or rejects it with a reason.
 *
 * <p>{@code MALFORMED_JSON}, {@code MALFORMED_CSV} and {@code MALFORMED_AVRO} take precedence over
 * all other faults. Otherwise the first fault is reported, and missing fields last. If a field of
 * an object is repeated, its last value is used, but every value must be valid.
 */
final class TransactionParser implements Serializable {
  /** Jackson's limits are not needed, since a record has at most 1 MiB. */
  private static final StreamReadConstraints NO_LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(NO_LIMITS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // Field names are untrusted: do not intern them, and do not fail on hash collisions.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private static final Pattern JACKSON_ADVICE =
      Pattern.compile(
          "(: enable `.*| \\(for \\w+ starting at .*|: maybe a \\(non-standard\\) comment.*)",
          Pattern.DOTALL);
  private static final int REGISTRY_HEADER_BYTES = 5;

  private final RecordFormat format;
  private final FieldTree tree;
  private final TimestampParser timestamps;
  private final FutureLimit future;
  private final FastParser fastParser;
  private final @Nullable CsvParser csvParser;
  private final boolean isAvro;
  private final AvroRecords avro;

  TransactionParser(RecordFormat format, EventTimes times, FutureLimit future) {
    this(format, times, future, SchemaSource.NONE);
  }

  TransactionParser(
      RecordFormat format, EventTimes times, FutureLimit future, SchemaSource schemas) {
    this.format = format;
    this.tree = new FieldTree(format);
    this.timestamps = new TimestampParser(times, format.timeNotation());
    this.future = future;
    this.fastParser = new FastParser(format, tree, timestamps);
    this.csvParser =
        format.encoding() instanceof RecordEncoding.Csv csv
            ? new CsvParser(format, csv, timestamps)
            : null;
    this.isAvro = format.encoding().equals(RecordEncoding.AVRO);
    this.avro = new AvroRecords(schemas);
  }

  /** Returns whether a payload is not a record, but only space between records. */
  boolean isBlank(Payload payload) {
    if (csvParser != null) {
      return csvParser.isBlank(payload);
    }
    return isAvro ? AvroRecords.isBlank(payload) : payload.isBlank();
  }

  /** Returns a transaction, or that the conditions of the format exclude the record. */
  ParsedRecord parse(Payload payload) throws Rejection {
    if (payload.tooLarge()) {
      throw new Rejection(TOO_LARGE, "record: " + payload.sizeAndLimit());
    }
    ParsedRecord record = parseEncoded(payload);
    if (!record.isExcluded()) {
      checkFuture(record.timestamp());
    }
    return record;
  }

  /** Returns the dead letter of a payload that {@link #parse} rejects. */
  DeadLetter deadLetter(Payload payload, Rejection rejection) {
    DeadLetter letter = DeadLetter.of(payload, rejection.reason(), rejection.getMessage());
    return isAvro ? letter.withSchema(new String(payload.preamble(), UTF_8)) : letter;
  }

  private ParsedRecord parseJson(Payload payload) throws Rejection {
    ParsedRecord common = parseFast(payload);
    return common != null ? common : parseWithJackson(payload);
  }

  private ParsedRecord parseEncoded(Payload payload) throws Rejection {
    if (csvParser != null) {
      return csvParser.parse(payload);
    }
    return isAvro ? parseAvro(payload) : parseJson(payload);
  }

  /** Parses an Avro record by the parser of JSON; the reason for fields of a wrong type differs. */
  private ParsedRecord parseAvro(Payload payload) throws Rejection {
    try (JsonParser json = avro.parser(payload, tree.root())) {
      return new JacksonParser(json, format, tree, timestamps).parse();
    } catch (MalformedAvroException e) {
      throw new Rejection(MALFORMED_AVRO, "record: " + e.getMessage());
    } catch (Rejection e) {
      throw e.reason() == MALFORMED_JSON ? e.withReason(MALFORMED_AVRO) : e;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a buffer", e);
    }
  }

  /** Parses a record on the fast path alone; null if it does not accept the record. */
  @Nullable ParsedRecord parseFast(Payload payload) {
    return fastParser.parse(payload.array(), payload.from(), payload.length());
  }

  /** Parses any JSON record, without the fast path. */
  ParsedRecord parseWithJackson(Payload payload) throws Rejection {
    byte[] array = payload.array();
    if (isAvroMessage(payload)) {
      throw new Rejection(
          MALFORMED_JSON,
          "record: not JSON; it begins like Avro with the id of a schema: use records: avro and"
              + " --schemaRegistry");
    }
    if (!Utf8.isWellFormed(array, payload.from(), payload.length())) {
      throw new Rejection(MALFORMED_JSON, "record: not UTF-8");
    }
    if (hasRegistryHeader(payload)) {
      throw new Rejection(
          MALFORMED_JSON,
          "record: begins with the five bytes of a schema registry; write plain JSON, with a"
              + " serializer that registers no schema");
    }
    if (hasLeadingZeroBytes(payload)) {
      throw new Rejection(MALFORMED_JSON, "record: not JSON in UTF-8, it holds zero bytes");
    }
    try (JsonParser json = JSON.createParser(array, payload.from(), payload.length())) {
      return new JacksonParser(json, format, tree, timestamps).parse();
    } catch (JsonEOFException e) {
      throw new Rejection(MALFORMED_JSON, "record: not JSON, it ends unfinished");
    } catch (StreamReadException e) {
      throw new Rejection(MALFORMED_JSON, "record: not JSON at " + location(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from an array", e);
    }
  }

  /** Returns whether an event time is too far ahead of the clock. */
  boolean isTooFarAhead(Instant timestamp) {
    return future.isExceeded(timestamp.getMillis(), timestamps.times());
  }

  private void checkFuture(Instant timestamp) throws Rejection {
    if (isTooFarAhead(timestamp)) {
      throw new Rejection(
          TIMESTAMP_OUT_OF_RANGE,
          "%s: %s is more than %s ahead of the clock"
              .formatted(format.time(), timestamp.toString().replace("Z", ""), future.skew()));
    }
  }

  private static String location(StreamReadException e) {
    return "byte "
        + e.getLocation().getByteOffset()
        + ": "
        + withoutSettings(e.getOriginalMessage());
  }

  /** Returns Jackson's message, without positions and without advice to enable its settings. */
  private static String withoutSettings(String original) {
    String message = JACKSON_ADVICE.matcher(original).replaceFirst("");
    // The text is valid UTF-8, so a complaint about UTF-8 is misleading.
    boolean isUseful =
        !message.contains("UTF-8") && !message.contains("Feature") && !message.contains("[Source");
    return isUseful ? message : "unexpected character";
  }

  /** Returns whether JSON follows a zero byte and a schema id of four bytes. */
  private static boolean hasRegistryHeader(Payload payload) {
    byte[] array = payload.array();
    int json = payload.from() + REGISTRY_HEADER_BYTES;
    return payload.length() > REGISTRY_HEADER_BYTES
        && array[payload.from()] == 0
        && array[json] == '{'
        && array[json + 1] != 0;
  }

  /** Returns whether no JSON follows a zero byte and a schema id, whose highest byte is zero. */
  private static boolean isAvroMessage(Payload payload) {
    byte[] array = payload.array();
    int from = payload.from();
    return payload.length() > REGISTRY_HEADER_BYTES
        && array[from] == 0
        && array[from + 1] == 0
        && array[from + REGISTRY_HEADER_BYTES - 1] != 0 // It is zero in UTF-32.
        && !hasRegistryHeader(payload);
  }

  /** Returns whether one of the first four bytes is zero; Jackson would infer UTF-16 or UTF-32. */
  private static boolean hasLeadingZeroBytes(Payload payload) {
    int end = payload.from() + Math.min(4, payload.length());
    for (int i = payload.from(); i < end; i++) {
      if (payload.array()[i] == 0) {
        return true;
      }
    }
    return false;
  }
}

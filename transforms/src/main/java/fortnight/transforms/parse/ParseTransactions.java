package fortnight.transforms.parse;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.RejectReason;
import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordFormat;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Parses records, in JSON, CSV or Avro, into transactions with their event time as timestamp.
 *
 * <p>Processes bounded and unbounded input element by element. A record that is not a transaction
 * becomes a {@link DeadLetter} with its payload and the reason; rejected records do not fail the
 * bundle. Blank records are ignored. The counters add up: {@code read} = {@code accepted} + {@code
 * rejected.REASON} + {@code outside} + {@code filtered}.
 *
 * @param <T> a payload, a batch of payloads, or a string
 */
public final class ParseTransactions<T> extends PTransform<PCollection<T>, ParsedTransactions> {
  /** Counter of records read. */
  public static final String READ = "read";

  /** Counter of records that became transactions. */
  public static final String ACCEPTED = "accepted";

  /** Counter of transactions outside the event times; dropped without a dead letter. */
  public static final String OUTSIDE = "outside";

  /** Counter of records that the conditions of the format exclude; without a dead letter. */
  public static final String FILTERED = "filtered";

  /** Prefix of the counters of rejected records; the name of a {@link RejectReason} follows. */
  public static final String REJECTED = "rejected.";

  /** Counter of offsets deleted before they were read; not included in {@link #READ}. */
  public static final String LOST = "lost";

  private final SerializableFunction<T, List<Payload>> payloads;
  private final RecordFormat format;
  private final ZoneId zone;
  private final Instant from;
  private final Instant until;
  private final FutureLimit future;
  private final SchemaSource schemas;

  private ParseTransactions(
      SerializableFunction<T, List<Payload>> payloads,
      RecordFormat format,
      ZoneId zone,
      Instant from,
      Instant until,
      FutureLimit future,
      SchemaSource schemas) {
    this.payloads = payloads;
    this.format = format;
    this.zone = zone;
    this.from = from;
    this.until = until;
    this.future = future;
    this.schemas = schemas;
  }

  /** Parses batches of payloads; this is the fastest input. */
  public static ParseTransactions<PayloadBatch> fromBatches() {
    return of(PayloadBatch::payloads);
  }

  /** Parses lines of text; the source of their dead letters is empty. */
  public static ParseTransactions<String> fromLines() {
    return of(line -> List.of(Payload.of("", Payload.NOWHERE, line)));
  }

  private static <T> ParseTransactions<T> of(SerializableFunction<T, List<Payload>> payloads) {
    return new ParseTransactions<>(
        payloads,
        RecordFormat.fortnight(),
        ZoneOffset.UTC,
        Instant.ofEpochMilli(EventTimeRange.FIRST),
        Instant.ofEpochMilli(EventTimeRange.END),
        FutureLimit.NONE,
        SchemaSource.NONE);
  }

  /** Sets where the fields are in a record; the default is {@link RecordFormat#fortnight}. */
  public ParseTransactions<T> withFormat(RecordFormat newFormat) {
    return new ParseTransactions<>(payloads, newFormat, zone, from, until, future, schemas);
  }

  /** Sets the time zone to which timestamps with an offset are converted; the default is UTC. */
  public ParseTransactions<T> withTimeZone(ZoneId newZone) {
    return new ParseTransactions<>(payloads, format, newZone, from, until, future, schemas);
  }

  /** Keeps only event times in [from, until); by default, all of them. */
  public ParseTransactions<T> withEventTimesIn(Instant newFrom, Instant newUntil) {
    if (!newFrom.isBefore(newUntil)) {
      throw new IllegalArgumentException(
          "from = " + newFrom + " must be before until = " + newUntil);
    }
    return new ParseTransactions<>(payloads, format, zone, newFrom, newUntil, future, schemas);
  }

  /**
   * Rejects event times further ahead of the clock than this as {@code TIMESTAMP_OUT_OF_RANGE}.
   * Empty, the default, means no limit.
   */
  public ParseTransactions<T> withMaxFutureSkew(Optional<Duration> skew) {
    return new ParseTransactions<>(
        payloads,
        format,
        zone,
        from,
        until,
        skew.map(FutureLimit::of).orElse(FutureLimit.NONE),
        schemas);
  }

  /** Sets where the schemas of Avro messages are; by default, nowhere. */
  public ParseTransactions<T> withSchemas(SchemaSource newSchemas) {
    return new ParseTransactions<>(payloads, format, zone, from, until, future, newSchemas);
  }

  @Override
  public ParsedTransactions expand(PCollection<T> records) {
    TransactionParser parser = new TransactionParser(format, EventTimes.in(zone), future, schemas);
    return new ParsedTransactions(
        records.apply(
            "Parse",
            ParDo.of(new ParseFn<>(payloads, parser, from, until))
                .withOutputTags(
                    ParsedTransactions.TRANSACTIONS,
                    TupleTagList.of(ParsedTransactions.DEAD_LETTERS))));
  }
}

package fortnight.transforms.parse;

import fortnight.common.time.EventTimeRange;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.Payload;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.RejectReason;
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
 * Parses records, one JSON object each, into transactions at their event time.
 *
 * <p>Works alike on bounded and unbounded input, element by element, and emits at once. What is not
 * a transaction becomes a {@link DeadLetter}; whole, with the reason; no record is lost, and none
 * fails the bundle. A blank record is none. Four kinds of counters add up: {@code read} = {@code
 * accepted} + {@code rejected.REASON} + {@code outside} the event times asked for.
 *
 * @param <T> a payload, a batch of payloads, or a string
 */
public final class ParseTransactions<T> extends PTransform<PCollection<T>, ParsedTransactions> {
  /** Counts records that were read. */
  public static final String READ = "read";

  /** Counts records that became transactions. */
  public static final String ACCEPTED = "accepted";

  /** Counts transactions outside the event times asked for: left out, and no dead letters. */
  public static final String OUTSIDE = "outside";

  /** Counts rejected records; the name of a {@link RejectReason} follows. */
  public static final String REJECTED = "rejected.";

  /** Counts offsets of a topic that were deleted before they were read; not among those read. */
  public static final String LOST = "lost";

  private final SerializableFunction<T, List<Payload>> payloads;
  private final ZoneId zone;
  private final Instant from;
  private final Instant until;
  private final FutureLimit future;

  private ParseTransactions(
      SerializableFunction<T, List<Payload>> payloads,
      ZoneId zone,
      Instant from,
      Instant until,
      FutureLimit future) {
    this.payloads = payloads;
    this.zone = zone;
    this.from = from;
    this.until = until;
    this.future = future;
  }

  /** Parses batches of payloads: the fast way. */
  public static ParseTransactions<PayloadBatch> fromBatches() {
    return of(PayloadBatch::payloads);
  }

  /** Parses single payloads. */
  public static ParseTransactions<Payload> fromPayloads() {
    return of(List::of);
  }

  /** Parses lines of text; the source of their dead letters is empty. */
  public static ParseTransactions<String> fromLines() {
    return of(line -> List.of(Payload.of("", Payload.NOWHERE, line)));
  }

  private static <T> ParseTransactions<T> of(SerializableFunction<T, List<Payload>> payloads) {
    return new ParseTransactions<>(
        payloads,
        ZoneOffset.UTC,
        Instant.ofEpochMilli(EventTimeRange.FIRST),
        Instant.ofEpochMilli(EventTimeRange.END),
        FutureLimit.NONE);
  }

  /** Timestamps with a zone or an offset are turned to this zone; the default is UTC. */
  public ParseTransactions<T> withTimeZone(ZoneId newZone) {
    return new ParseTransactions<>(payloads, newZone, from, until, future);
  }

  /** Only event times in [from, until) count; the default is all of them. */
  public ParseTransactions<T> withEventTimesIn(Instant newFrom, Instant newUntil) {
    if (!newFrom.isBefore(newUntil)) {
      throw new IllegalArgumentException(
          "from = " + newFrom + " must be before until = " + newUntil);
    }
    return new ParseTransactions<>(payloads, zone, newFrom, newUntil, future);
  }

  /**
   * An event time further ahead of the clock is rejected as {@code TIMESTAMP_OUT_OF_RANGE}; by
   * default, and if empty, none is.
   */
  public ParseTransactions<T> withMaxFutureSkew(Optional<Duration> skew) {
    return new ParseTransactions<>(
        payloads, zone, from, until, skew.map(FutureLimit::of).orElse(FutureLimit.NONE));
  }

  @Override
  public ParsedTransactions expand(PCollection<T> records) {
    TransactionParser parser = new TransactionParser(EventTimes.in(zone), future);
    return new ParsedTransactions(
        records.apply(
            "Parse",
            ParDo.of(new ParseFn<>(payloads, parser, from, until))
                .withOutputTags(
                    ParsedTransactions.TRANSACTIONS,
                    TupleTagList.of(ParsedTransactions.DEAD_LETTERS))));
  }
}

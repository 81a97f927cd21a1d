package fortnight.transforms;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
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
        Instant.ofEpochMilli(EventTimes.FIRST),
        Instant.ofEpochMilli(EventTimes.END),
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
    return new ParsedTransactions(
        records.apply(
            "Parse",
            ParDo.of(
                    new ParseFn<>(
                        payloads, new TransactionParser(EventTimes.in(zone), future), from, until))
                .withOutputTags(
                    ParsedTransactions.TRANSACTIONS,
                    TupleTagList.of(ParsedTransactions.DEAD_LETTERS))));
  }

  private static final class ParseFn<T> extends DoFn<T, Transaction> {
    private final Counter read = Metrics.counter(ParseTransactions.class, READ);
    private final Counter accepted = Metrics.counter(ParseTransactions.class, ACCEPTED);
    private final Counter outside = Metrics.counter(ParseTransactions.class, OUTSIDE);
    private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

    private final SerializableFunction<T, List<Payload>> payloads;
    private final TransactionParser parser;
    private final Instant from;
    private final Instant until;

    ParseFn(
        SerializableFunction<T, List<Payload>> payloads,
        TransactionParser parser,
        Instant from,
        Instant until) {
      this.payloads = payloads;
      this.parser = parser;
      this.from = from;
      this.until = until;
      for (RejectReason reason : RejectReason.values()) {
        rejected.put(reason, Metrics.counter(ParseTransactions.class, REJECTED + reason));
      }
    }

    @ProcessElement
    public void process(@Element T element, MultiOutputReceiver out) {
      List<Payload> batch = payloads.apply(element);
      OutputReceiver<Transaction> transactions = out.get(ParsedTransactions.TRANSACTIONS);
      int records = 0;
      int kept = 0;
      int left = 0;
      for (Payload payload : batch) {
        if (payload.isBlank()) {
          continue;
        }
        records++;
        try {
          Transaction transaction = parser.parse(payload);
          if (isCounted(transaction.timestamp())) {
            transactions.outputWithTimestamp(transaction, transaction.timestamp());
            kept++;
          } else {
            left++;
          }
        } catch (Rejection e) {
          rejected.get(e.reason()).inc();
          out.get(ParsedTransactions.DEAD_LETTERS)
              .output(DeadLetter.of(payload, e.reason(), e.getMessage()));
        }
      }
      read.inc(records);
      accepted.inc(kept);
      outside.inc(left);
    }

    /** A record may be read long after its event time, which is then older than the element's. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return EventTimes.ANY_SKEW;
    }

    private boolean isCounted(Instant timestamp) {
      return !timestamp.isBefore(from) && timestamp.isBefore(until);
    }
  }
}

package fortnight.transforms.parse;

import fortnight.transforms.DeadLetter;
import fortnight.transforms.Payload;
import fortnight.transforms.RejectReason;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.Transaction;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Parses the records of an element; updates the counters once for all of them. */
final class ParseFn<T> extends DoFn<T, Transaction> {
  private final Counter read = counter(ParseTransactions.READ);
  private final Counter accepted = counter(ParseTransactions.ACCEPTED);
  private final Counter outside = counter(ParseTransactions.OUTSIDE);
  private final Counter filtered = counter(ParseTransactions.FILTERED);
  private final Counter lost = counter(ParseTransactions.LOST);
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
      if (reason != RejectReason.LOST_OFFSETS) {
        rejected.put(reason, counter(ParseTransactions.REJECTED + reason));
      }
    }
  }

  private static Counter counter(String name) {
    return Metrics.counter(ParseTransactions.class, name);
  }

  @ProcessElement
  public void process(@Element T element, MultiOutputReceiver out) {
    OutputReceiver<Transaction> transactions = out.get(ParsedTransactions.TRANSACTIONS);
    OutputReceiver<DeadLetter> deadLetters = out.get(ParsedTransactions.DEAD_LETTERS);
    int parsed = 0;
    int kept = 0;
    int excluded = 0;
    int rejections = 0;
    for (Payload payload : payloads.apply(element)) {
      if (payload.lostOffsets() > 0) {
        lost.inc(payload.lostOffsets());
        deadLetters.output(DeadLetter.ofLostOffsets(payload));
        continue;
      }
      if (parser.isBlank(payload)) {
        continue;
      }
      try {
        ParsedRecord record = parser.parse(payload);
        if (record.isExcluded()) {
          excluded++;
          continue;
        }
        parsed++;
        Instant timestamp = record.timestamp();
        if (!timestamp.isBefore(from) && timestamp.isBefore(until)) {
          kept++;
          transactions.outputWithTimestamp(record.transaction(), timestamp);
        }
      } catch (Rejection e) {
        rejections++;
        rejected.get(e.reason()).inc();
        deadLetters.output(parser.deadLetter(payload, e));
      }
    }
    read.inc(parsed + excluded + rejections);
    filtered.inc(excluded);
    accepted.inc(kept);
    outside.inc(parsed - kept);
  }

  /** The event time may be older than the timestamp of the element. */
  @Override
  @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
  public Duration getAllowedTimestampSkew() {
    return TimestampSkew.ANY;
  }
}

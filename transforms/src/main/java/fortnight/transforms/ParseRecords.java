package fortnight.transforms;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** What {@link ParseTransactions} does with the records of an element, and how it counts them. */
final class ParseRecords<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Counter read = counter(ParseTransactions.READ);
  private final Counter accepted = counter(ParseTransactions.ACCEPTED);
  private final Counter outside = counter(ParseTransactions.OUTSIDE);
  private final Map<RejectReason, Counter> rejected = new EnumMap<>(RejectReason.class);

  private final SerializableFunction<T, List<Payload>> payloads;
  private final TransactionParser parser;
  private final Instant from;
  private final Instant until;

  ParseRecords(
      SerializableFunction<T, List<Payload>> payloads,
      TransactionParser parser,
      Instant from,
      Instant until) {
    this.payloads = payloads;
    this.parser = parser;
    this.from = from;
    this.until = until;
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, counter(ParseTransactions.REJECTED + reason));
    }
  }

  private static Counter counter(String name) {
    return Metrics.counter(ParseTransactions.class, name);
  }

  private interface Verdicts {
    void judge(Payload payload) throws Rejection;

    void reject(Payload payload, Rejection why);
  }

  private void judge(T element, Verdicts verdicts) {
    for (Payload payload : payloads.apply(element)) {
      if (!payload.isBlank()) {
        try {
          verdicts.judge(payload);
        } catch (Rejection e) {
          verdicts.reject(payload, e);
        }
      }
    }
  }

  /** Emits transactions, and counts once for all records of an element. */
  private class Accepting implements Verdicts {
    private final DoFn.OutputReceiver<Transaction> transactions;
    private int legal;
    private int kept;
    private int rejections;

    Accepting(DoFn.OutputReceiver<Transaction> transactions) {
      this.transactions = transactions;
    }

    @Override
    public void judge(Payload payload) throws Rejection {
      Transaction transaction = parser.parse(payload);
      legal++;
      Instant timestamp = transaction.timestamp();
      if (!timestamp.isBefore(from) && timestamp.isBefore(until)) {
        transactions.outputWithTimestamp(transaction, timestamp);
        kept++;
      }
    }

    @Override
    public void reject(Payload payload, Rejection why) {
      rejections++;
    }

    void count() {
      read.inc(legal + rejections);
      accepted.inc(kept);
      outside.inc(legal - kept);
    }
  }

  private void emit(Payload payload, Rejection why, DoFn.OutputReceiver<DeadLetter> letters) {
    rejected.get(why.reason()).inc();
    letters.output(DeadLetter.of(payload, why.reason(), why.getMessage()));
  }

  /** Emits transactions and dead letters. */
  static final class ToBoth<T> extends DoFn<T, Transaction> {
    private final ParseRecords<T> parsing;

    ToBoth(ParseRecords<T> parsing) {
      this.parsing = parsing;
    }

    @ProcessElement
    public void process(@Element T element, MultiOutputReceiver out) {
      OutputReceiver<DeadLetter> letters = out.get(ParsedTransactions.DEAD_LETTERS);
      var accepting =
          parsing.new Accepting(out.get(ParsedTransactions.TRANSACTIONS)) {
            @Override
            public void reject(Payload payload, Rejection why) {
              super.reject(payload, why);
              parsing.emit(payload, why, letters);
            }
          };
      parsing.judge(element, accepting);
      accepting.count();
    }

    /** A record may be read long after its event time, which is then older than the element's. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return EventTimes.ANY_SKEW;
    }
  }

  /** Emits transactions alone, and counts all but the reasons. */
  static final class ToTransactions<T> extends DoFn<T, Transaction> {
    private final ParseRecords<T> parsing;

    ToTransactions(ParseRecords<T> parsing) {
      this.parsing = parsing;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<Transaction> transactions) {
      var accepting = parsing.new Accepting(transactions);
      parsing.judge(element, accepting);
      accepting.count();
    }

    /** A record may be read long after its event time, which is then older than the element's. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp.
    public Duration getAllowedTimestampSkew() {
      return EventTimes.ANY_SKEW;
    }
  }

  /** Emits dead letters alone, and counts them. */
  static final class ToDeadLetters<T> extends DoFn<T, DeadLetter> {
    private final ParseRecords<T> parsing;

    ToDeadLetters(ParseRecords<T> parsing) {
      this.parsing = parsing;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<DeadLetter> letters) {
      parsing.judge(
          element,
          new Verdicts() {
            @Override
            public void judge(Payload payload) throws Rejection {
              parsing.parser.check(payload);
            }

            @Override
            public void reject(Payload payload, Rejection why) {
              parsing.emit(payload, why, letters);
            }
          });
    }
  }
}

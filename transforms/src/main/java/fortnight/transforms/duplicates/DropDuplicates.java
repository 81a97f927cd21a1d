package fortnight.transforms.duplicates;

import fortnight.transforms.Id;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.Transaction;
import fortnight.transforms.parse.ParseTransactions;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;

/**
 * Drops transactions that were sent twice: a transaction is dropped if, and only if, one with the
 * same id is counted whose event time is at most this far away.
 *
 * <p>What was dropped does not count, so that within an hour, of 0:00, 0:40 and 1:20 the first and
 * the last remain.
 *
 * <p>Input must be in the global window with event times as timestamps, as {@link
 * ParseTransactions} gives it; so is the output. Nothing becomes a dead letter; the counter {@link
 * #DROPPED} counts the dropped transactions.
 *
 * <p>Bounded input: emits when all is read. First is the one with the earliest event time, and of
 * several the one whose encoded bytes come first: the same result however the input is split or
 * ordered. A worker holds one bucket at a time, a 16th of the transactions, sorted, in memory.
 *
 * <p>Unbounded input: emits at once. First is the first to arrive. An event time that counted is
 * kept for each id until no duplicate of it can come that is less late than the horizon; a later
 * one counts again.
 */
public final class DropDuplicates
    extends PTransform<PCollection<Transaction>, PCollection<Transaction>> {
  /** Counts transactions that were dropped. */
  public static final String DROPPED = "duplicates";

  private final Duration within;
  private final Duration horizon;

  private DropDuplicates(Duration within, Duration horizon) {
    this.within = within;
    this.horizon = horizon;
  }

  /** Two transactions with one id are the same if their event times are at most this far apart. */
  public static DropDuplicates within(Duration within) {
    return new DropDuplicates(checkLength("within", within), Duration.ZERO);
  }

  /**
   * In a stream, duplicates are still known when they come so far behind the watermark: the allowed
   * lateness, and the length of a slice, whose end is what the lateness counts from. The default is
   * zero.
   */
  public DropDuplicates keepingFor(Duration newHorizon) {
    return new DropDuplicates(within, checkLength("horizon", newHorizon));
  }

  @Override
  public PCollection<Transaction> expand(PCollection<Transaction> transactions) {
    if (!(transactions.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "DropDuplicates looks across windows: give it transactions in the global window, not in "
              + transactions.getWindowingStrategy().getWindowFn());
    }
    return transactions.isBounded() == IsBounded.BOUNDED
        ? dropWhenAllIsRead(transactions)
        : dropOnArrival(transactions);
  }

  private PCollection<Transaction> dropWhenAllIsRead(PCollection<Transaction> transactions) {
    return transactions
        .apply("Pack by bucket", ParDo.of(new DropInBucketFn.PackFn(KeyGroups.many())))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Wait for all",
            Window.<KV<Integer, byte[]>>into(new GlobalWindows())
                .triggering(DefaultTrigger.of())
                .discardingFiredPanes()
                .withAllowedLateness(Duration.ZERO)
                // Else the watermark would pass the bucket, and what comes from it would be late.
                .withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply("Group buckets", GroupByKey.create())
        .apply("Drop in bucket", ParDo.of(new DropInBucketFn(within)))
        .setCoder(Transaction.coder())
        .setWindowingStrategyInternal(transactions.getWindowingStrategy());
  }

  private PCollection<Transaction> dropOnArrival(PCollection<Transaction> transactions) {
    return transactions
        .apply("Key by id", WithKeys.of(Transaction::id).withKeyType(TypeDescriptor.of(Id.class)))
        .setCoder(KvCoder.of(Id.coder(), Transaction.coder()))
        .apply("Drop on arrival", ParDo.of(new DropOnArrivalFn(within, horizon)))
        .setCoder(Transaction.coder());
  }

  private static Duration checkLength(String name, Duration length) {
    if (length.isShorterThan(Duration.ZERO) || length.isLongerThan(TimestampSkew.ANY)) {
      throw new IllegalArgumentException(
          name + " = " + length + " must lie between PT0S and " + TimestampSkew.ANY);
    }
    return length;
  }
}

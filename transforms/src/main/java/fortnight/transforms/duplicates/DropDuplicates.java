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
 * Drops a transaction if a kept transaction with the same id has an event time within a given
 * duration of its own.
 *
 * <p>A dropped transaction is not compared with later ones: with a duration of one hour, of 0:00,
 * 0:40 and 1:20 the first and the last are kept.
 *
 * <p>Input must be in the global window with event times as timestamps, as {@link
 * ParseTransactions} emits it; the output is the same. Emits no dead letters; the counter {@link
 * #DROPPED} counts the dropped transactions.
 *
 * <p>Bounded input: emits after all input is read. Transactions are compared in the order of event
 * time, then of encoded bytes, so the result does not depend on how the input is split or ordered.
 * A worker holds one bucket, a 16th of the transactions, in memory and sorts it.
 *
 * <p>Unbounded input: emits immediately, in the order of arrival. The event times of kept
 * transactions are stored for each id until a duplicate could only arrive later than the horizon;
 * such a duplicate is kept.
 */
public final class DropDuplicates
    extends PTransform<PCollection<Transaction>, PCollection<Transaction>> {
  /** Counter of dropped transactions. */
  public static final String DROPPED = "duplicates";

  private final Duration within;
  private final Duration horizon;

  private DropDuplicates(Duration within, Duration horizon) {
    this.within = within;
    this.horizon = horizon;
  }

  /** Drops transactions with the same id and event times that differ by at most {@code within}. */
  public static DropDuplicates within(Duration within) {
    return new DropDuplicates(checkDuration("within", within), Duration.ZERO);
  }

  /**
   * In a stream, sets how far behind the watermark duplicates are still detected: the allowed
   * lateness plus the length of a slice, from whose end lateness is measured. The default is zero.
   */
  public DropDuplicates keepingFor(Duration newHorizon) {
    return new DropDuplicates(within, checkDuration("horizon", newHorizon));
  }

  @Override
  public PCollection<Transaction> expand(PCollection<Transaction> transactions) {
    if (!(transactions.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "DropDuplicates requires input in the global window, not in "
              + transactions.getWindowingStrategy().getWindowFn());
    }
    return transactions.isBounded() == IsBounded.BOUNDED
        ? dropInBuckets(transactions)
        : dropOnArrival(transactions);
  }

  private PCollection<Transaction> dropInBuckets(PCollection<Transaction> transactions) {
    return transactions
        .apply("Pack by bucket", ParDo.of(new DropInBucketFn.PackFn(KeyGroups.many())))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply(
            "Wait for all",
            Window.<KV<Integer, byte[]>>into(new GlobalWindows())
                .triggering(DefaultTrigger.of())
                .discardingFiredPanes()
                .withAllowedLateness(Duration.ZERO)
                // Holds the watermark; otherwise the output of the bucket would be late.
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

  private static Duration checkDuration(String name, Duration length) {
    if (length.isShorterThan(Duration.ZERO) || length.isLongerThan(TimestampSkew.ANY)) {
      throw new IllegalArgumentException(
          name + " = " + length + " must be between PT0S and " + TimestampSkew.ANY);
    }
    return length;
  }
}

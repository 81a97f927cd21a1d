package fortnight.transforms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/**
 * Drops the duplicates among all transactions of some ids.
 *
 * <p>It holds them in memory, at about 0.8 KB each where they have five line items.
 */
final class DropInBucket extends DoFn<KV<Integer, Iterable<byte[]>>, Transaction> {
  /**
   * Ids come before bytes only to be fast: many transactions may share a time, few an id as well.
   */
  private static final Comparator<Transaction> ORDER =
      Comparator.<Transaction>comparingLong(transaction -> transaction.timestamp().getMillis())
          .thenComparing(Transaction::id)
          .thenComparing(DropInBucket::encoded, Arrays::compareUnsigned);

  private final Counter dropped = Metrics.counter(DropDuplicates.class, DropDuplicates.DROPPED);

  private final Duration within;

  DropInBucket(Duration within) {
    this.within = within;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<Transaction> out)
      throws IOException {
    List<Transaction> transactions = new ArrayList<>();
    for (byte[] block : bucket.getValue()) {
      PackByBucket.unpack(block, transactions);
    }
    transactions.sort(ORDER);
    // In order of time, no other can be nearer than the last one that counted.
    Map<Id, Long> lastCounted = new HashMap<>();
    int duplicates = 0;
    for (Transaction transaction : transactions) {
      long time = transaction.timestamp().getMillis();
      Long last = lastCounted.get(transaction.id());
      if (last != null && time - last <= within.getMillis()) {
        duplicates++;
      } else {
        lastCounted.put(transaction.id(), time);
        out.outputWithTimestamp(transaction, transaction.timestamp());
      }
    }
    dropped.inc(duplicates);
  }

  private static byte[] encoded(Transaction transaction) {
    try {
      return CoderUtils.encodeToByteArray(Transaction.coder(), transaction);
    } catch (CoderException e) {
      throw new UncheckedIOException(e);
    }
  }
}

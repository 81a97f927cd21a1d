package fortnight.transforms.duplicates;

import fortnight.transforms.Id;
import fortnight.transforms.KeyGroups;
import fortnight.transforms.TimestampSkew;
import fortnight.transforms.Transaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Drops the duplicates among all transactions of some ids.
 *
 * <p>It holds them in memory, at about 0.8 KB each where they have five line items.
 */
final class DropInBucketFn extends DoFn<KV<Integer, Iterable<byte[]>>, Transaction> {
  /**
   * Ids come before bytes only to be fast: many transactions may share a time, few an id as well.
   */
  private static final Comparator<Transaction> ORDER =
      Comparator.<Transaction>comparingLong(transaction -> transaction.timestamp().getMillis())
          .thenComparing(Transaction::id)
          .thenComparing(DropInBucketFn::encoded, Arrays::compareUnsigned);

  private final Counter dropped = Metrics.counter(DropDuplicates.class, DropDuplicates.DROPPED);

  private final Duration within;

  DropInBucketFn(Duration within) {
    this.within = within;
  }

  @ProcessElement
  public void process(
      @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<Transaction> out)
      throws IOException {
    List<Transaction> transactions = new ArrayList<>();
    for (byte[] block : bucket.getValue()) {
      PackFn.unpack(block, transactions);
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

  /**
   * Packs a bundle's transactions into blocks of bytes, by the bucket of their id.
   *
   * <p>DirectRunner copies, with every bundle that comes, all that a key has so far, value by value
   * through their coder; of a block it copies bytes.
   */
  static final class PackFn extends DoFn<Transaction, KV<Integer, byte[]>> {
    private static final int LARGEST_BLOCK = 1 << 20;

    private final KeyGroups buckets;

    private transient Map<Integer, Block> blocks;

    PackFn(KeyGroups buckets) {
      this.buckets = buckets;
    }

    /** Adds the transactions of a block to a list. */
    static void unpack(byte[] block, List<Transaction> transactions) throws IOException {
      ByteArrayInputStream in = new ByteArrayInputStream(block);
      while (in.available() > 0) {
        transactions.add(Transaction.coder().decode(in));
      }
    }

    @StartBundle
    public void start() {
      blocks = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element Transaction transaction, OutputReceiver<KV<Integer, byte[]>> out)
        throws IOException {
      int bucket = buckets.of(transaction.id());
      Block block = blocks.computeIfAbsent(bucket, b -> new Block());
      block.add(transaction);
      if (block.bytes.size() >= LARGEST_BLOCK) {
        blocks.remove(bucket);
        out.outputWithTimestamp(KV.of(bucket, block.bytes.toByteArray()), block.earliest);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext out) {
      blocks.forEach(
          (bucket, block) ->
              out.output(
                  KV.of(bucket, block.bytes.toByteArray()), block.earliest, GlobalWindow.INSTANCE));
      blocks = null;
    }

    /** A block begins no later than the transaction at hand. */
    @Override
    @SuppressWarnings("deprecation") // The only way to emit an older timestamp from processElement.
    public Duration getAllowedTimestampSkew() {
      return TimestampSkew.ANY;
    }

    private static final class Block {
      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      private Instant earliest = GlobalWindow.TIMESTAMP_MAX_VALUE;

      void add(Transaction transaction) throws IOException {
        Transaction.coder().encode(transaction, bytes);
        if (transaction.timestamp().isBefore(earliest)) {
          earliest = transaction.timestamp();
        }
      }
    }
  }
}

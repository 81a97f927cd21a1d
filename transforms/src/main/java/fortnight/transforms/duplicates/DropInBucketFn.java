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
 * Drops the duplicates among the transactions of a bucket of ids.
 *
 * <p>Holds the bucket in memory: about 0.8 KB for a transaction of five line items.
 */
final class DropInBucketFn extends DoFn<KV<Integer, Iterable<byte[]>>, Transaction> {
  /** Comparing ids before bytes is faster: few transactions share both time and id. */
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
    // In time order the last kept transaction of an id is the nearest one.
    Map<Id, Long> lastKept = new HashMap<>();
    int duplicates = 0;
    for (Transaction transaction : transactions) {
      long time = transaction.timestamp().getMillis();
      Long last = lastKept.get(transaction.id());
      if (last != null && time - last <= within.getMillis()) {
        duplicates++;
      } else {
        lastKept.put(transaction.id(), time);
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
   * Packs a bundle's transactions into blocks of bytes by the bucket of their id.
   *
   * <p>With every bundle, DirectRunner copies all values of a key through their coder; copying the
   * bytes of a block is cheap.
   */
  static final class PackFn extends DoFn<Transaction, KV<Integer, byte[]>> {
    private static final int MAX_BLOCK_BYTES = 1 << 20;

    private final KeyGroups buckets;

    private transient Map<Integer, Block> blocks;

    PackFn(KeyGroups buckets) {
      this.buckets = buckets;
    }

    /** Decodes the transactions of a block and adds them to a list. */
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
      if (block.bytes.size() >= MAX_BLOCK_BYTES) {
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

    /** A block has its earliest timestamp, which may be older than the current one. */
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

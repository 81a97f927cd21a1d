package fortnight.transforms;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Packs a bundle's transactions into blocks of bytes, by the bucket of their id.
 *
 * <p>DirectRunner copies, with every bundle that comes, all that a key has so far, value by value
 * through their coder; of a block it copies bytes.
 */
final class PackByBucket extends DoFn<Transaction, KV<Integer, byte[]>> {
  private static final int LARGEST_BLOCK = 1 << 20;

  private final Groups buckets;

  private transient Map<Integer, Block> blocks;

  PackByBucket(Groups buckets) {
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
    return EventTimes.ANY_SKEW;
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

package fortnight.transforms.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.KeyGroups;
import fortnight.transforms.Scope;
import fortnight.transforms.ScopeTableCoder;
import fortnight.transforms.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that an accumulator can change while a Flink thread writes it to a checkpoint. The second
 * transaction arrives while the table with the first one is being written, and the job crashes when
 * the checkpoint is complete. The restored table must contain the first transaction only, since the
 * second one is replayed.
 */
@Tag("flink")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TablesInCheckpointIT {
  private static final List<Long> COUNTS = new CopyOnWriteArrayList<>();

  private static volatile CountDownLatch isWritten;
  private static volatile CountDownLatch isChanged;
  private static volatile CountDownLatch isComplete;
  private static volatile CountDownLatch hasCrashed;

  @BeforeEach
  void reset() {
    COUNTS.clear();
    isWritten = new CountDownLatch(1);
    isChanged = new CountDownLatch(1);
    isComplete = new CountDownLatch(1);
    hasCrashed = new CountDownLatch(1);
  }

  @Test
  void countsReplayedTransactionsOnceAfterACrash() {
    run(options(false));

    assertThat(COUNTS).containsExactly(1L, 2L, 2L);
  }

  /** Documents why the pipeline rejects the flag; fails once Beam copies accumulators. */
  @Test
  void countsReplayedTransactionsTwiceWithFasterCopy() {
    run(options(true));

    assertThat(COUNTS).containsExactly(1L, 2L, 3L);
  }

  private static FlinkPipelineOptions options(boolean fasterCopy) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setStreaming(true);
    options.setParallelism(1);
    options.setObjectReuse(true);
    options.setFasterCopy(fasterCopy);
    options.setMaxBundleSize(1L);
    options.setCheckpointingInterval(100L);
    // No second checkpoint before the crash.
    options.setMinPauseBetweenCheckpoints(2000L);
    options.setNumberOfExecutionRetries(1);
    options.setExecutionRetryDelay(10L);
    return options;
  }

  private static void run(FlinkPipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Sales", Read.from(new TwoSales()))
        .apply(
            "At once",
            Window.<KV<Integer, Map<Scope, Volume>>>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Sum", Combine.perKey(new SlowlyEncodedSum()))
        .apply("Record count", ParDo.of(new RecordCountFn()));
    pipeline.run().waitUntilFinish();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("timed out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static final class RecordCountFn extends DoFn<KV<Integer, Map<Scope, Volume>>, Void> {
    @ProcessElement
    public void process(@Element KV<Integer, Map<Scope, Volume>> sum) {
      long count = sum.getValue().get(Scope.SHOP).transactions();
      COUNTS.add(count);
      if (count == 2) {
        isChanged.countDown();
      }
    }
  }

  /** A {@link SumTablesFn} whose table is written to the checkpoint only after it has changed. */
  private static final class SlowlyEncodedSum
      extends Combine.CombineFn<Map<Scope, Volume>, Map<Scope, Volume>, Map<Scope, Volume>> {
    private final SumTablesFn<Volume> sum = SumTablesFn.ofVolumes();

    @Override
    public Map<Scope, Volume> createAccumulator() {
      return sum.createAccumulator();
    }

    @Override
    public Map<Scope, Volume> addInput(Map<Scope, Volume> table, Map<Scope, Volume> input) {
      return sum.addInput(table, input);
    }

    @Override
    public Map<Scope, Volume> mergeAccumulators(Iterable<Map<Scope, Volume>> tables) {
      return sum.mergeAccumulators(tables);
    }

    @Override
    public Map<Scope, Volume> extractOutput(Map<Scope, Volume> table) {
      return sum.extractOutput(table);
    }

    @Override
    public Coder<Map<Scope, Volume>> getAccumulatorCoder(
        CoderRegistry registry, Coder<Map<Scope, Volume>> input) {
      return new SlowCoder(sum.getAccumulatorCoder(registry, input));
    }

    @Override
    public Coder<Map<Scope, Volume>> getDefaultOutputCoder(
        CoderRegistry registry, Coder<Map<Scope, Volume>> input) {
      return sum.getDefaultOutputCoder(registry, input);
    }
  }

  private static final class SlowCoder extends CustomCoder<Map<Scope, Volume>> {
    /** Prefix of the names of Flink's checkpoint threads; tasks copy in their own thread. */
    private static final String CHECKPOINT_THREAD_PREFIX = "AsyncOperations";

    private final Coder<Map<Scope, Volume>> coder;

    SlowCoder(Coder<Map<Scope, Volume>> coder) {
      this.coder = coder;
    }

    @Override
    public void encode(Map<Scope, Volume> table, OutputStream out) throws IOException {
      if (Thread.currentThread().getName().startsWith(CHECKPOINT_THREAD_PREFIX)) {
        isWritten.countDown();
        await(isChanged);
      }
      coder.encode(table, out);
    }

    @Override
    public Map<Scope, Volume> decode(InputStream in) throws IOException {
      return coder.decode(in);
    }
  }

  private static final class TwoSales extends ScriptedSource<KV<Integer, Map<Scope, Volume>>> {
    @Override
    Reader<KV<Integer, Map<Scope, Volume>>> reader(int read) {
      return new TwoSalesReader(this, read);
    }

    @Override
    public Coder<KV<Integer, Map<Scope, Volume>>> getOutputCoder() {
      return KvCoder.of(VarIntCoder.of(), new ScopeTableCoder<>(Volume.coder()));
    }
  }

  private static final class TwoSalesReader
      extends ScriptedSource.Reader<KV<Integer, Map<Scope, Volume>>> {
    TwoSalesReader(TwoSales source, int read) {
      super(source, read);
    }

    @Override
    boolean isDue(int read) throws IOException {
      if (read == 2 && isComplete.getCount() == 0 && hasCrashed.getCount() > 0) {
        hasCrashed.countDown();
        throw new IOException("intentional crash");
      }
      return read == 0 || (read == 1 && isWritten.getCount() == 0);
    }

    @Override
    void complete(int read) {
      if (read == 1) {
        isComplete.countDown();
      }
    }

    @Override
    KV<Integer, Map<Scope, Volume>> element(int read) {
      return KV.of(KeyGroups.SHOP, Map.of(Scope.SHOP, new Volume(1, 0, 0, read, read)));
    }

    @Override
    Instant timestamp(int read) {
      return Instant.ofEpochMilli(read);
    }

    /** Ends the job when both elements are read after the crash. */
    @Override
    Instant watermark(int read) {
      return read == 2 && hasCrashed.getCount() == 0
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }
}

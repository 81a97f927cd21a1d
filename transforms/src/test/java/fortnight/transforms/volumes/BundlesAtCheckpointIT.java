package fortnight.transforms.volumes;

import static fortnight.transforms.Sales.at;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.Id;
import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import fortnight.transforms.Transaction;
import fortnight.transforms.Volume;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that a Flink checkpoint does not make the sums of an open bundle late. The source emits 40
 * transactions, one every 100 ms, which are two months of event time apart.
 */
@Tag("flink")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BundlesAtCheckpointIT {
  private static final int SALES = 40;
  private static final Duration TWO_MONTHS = Duration.standardDays(61);

  private static final AtomicLong COUNT = new AtomicLong();

  @BeforeEach
  void reset() {
    COUNT.set(0);
  }

  @Test
  void dropsNothingIfBundlesFinishBeforeTheCheckpoint() {
    run(true);

    assertThat(COUNT).hasValue(SALES);
  }

  /** Documents why the pipeline rejects this setting; fails once Beam has fixed the defect. */
  @Test
  void dropsSumsIfBundlesFinishDuringTheCheckpoint() {
    run(false);

    assertThat(COUNT.get()).isLessThan(SALES);
  }

  private static void run(boolean finishBundleBeforeCheckpointing) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setStreaming(true);
    options.setParallelism(1);
    options.setMaxBundleTimeMills(40L);
    options.setAutoWatermarkInterval(1L);
    options.setCheckpointingInterval(10L);
    options.setFinishBundleBeforeCheckpointing(finishBundleBeforeCheckpointing);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Sales", Read.from(new SparseSales()))
        .apply("Slice volumes", SliceVolumes.by(ComparisonWindows.weeks()))
        .apply("Count", ParDo.of(new CountFn()));
    pipeline.run().waitUntilFinish();
  }

  private static final class CountFn extends DoFn<Slice, Void> {
    @ProcessElement
    public void process(@Element Slice slice) {
      COUNT.addAndGet(slice.volumes().getOrDefault(Scope.SHOP, Volume.NONE).transactions());
    }
  }

  private static final class SparseSales extends ScriptedSource<Transaction> {
    @Override
    Reader<Transaction> reader(int read) {
      return new SparseSalesReader(this, read);
    }

    @Override
    public Coder<Transaction> getOutputCoder() {
      return Transaction.coder();
    }
  }

  private static final class SparseSalesReader extends ScriptedSource.Reader<Transaction> {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long last = System.nanoTime();

    SparseSalesReader(SparseSales source, int read) {
      super(source, read);
    }

    @Override
    boolean isDue(int read) {
      boolean isDue = read < SALES && System.nanoTime() - last > PAUSE_NANOS;
      last = isDue ? System.nanoTime() : last;
      return isDue;
    }

    @Override
    Transaction element(int read) {
      return new Transaction(Id.ofInteger(read), null, timestamp(read), List.of());
    }

    @Override
    Instant timestamp(int read) {
      return at("2001-01-01").plus(TWO_MONTHS.multipliedBy(read));
    }

    /** Returns the next event time, so that everything older is too late for every window. */
    @Override
    Instant watermark(int read) {
      return read == SALES ? BoundedWindow.TIMESTAMP_MAX_VALUE : timestamp(read + 1);
    }

    @Override
    void complete(int read) {}
  }
}

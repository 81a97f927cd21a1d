package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source on Flink that is not split yet when the first checkpoint completes. This behavior of
 * Beam is the reason why the source of a topic is split before the job starts.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SplitsInCheckpointIT {
  private static final List<Integer> READ = new CopyOnWriteArrayList<>();
  private static final AtomicInteger SPLITTINGS = new AtomicInteger();
  private static final AtomicInteger STARTS = new AtomicInteger();

  @TempDir private Path checkpoints;

  @BeforeEach
  void reset() {
    READ.clear();
    SPLITTINGS.set(0);
    STARTS.set(0);
  }

  /** An unavailable broker has this effect. If this test fails, Beam has fixed it. */
  @Test
  void endsAsDoneWithoutRecordsWhenSplittingFails() {
    PipelineResult.State end = run(new Threes(checkpoints.toString(), true));

    assertThat(end).isEqualTo(PipelineResult.State.DONE);
    assertThat(SPLITTINGS).hasValue(1);
    assertThat(READ).isEmpty();
  }

  /** The coordinator, which keeps the splits, is not restored when only tasks fail. */
  @Test
  void readsAllWhenSplittingIsSlowAndATaskFails() {
    PipelineResult.State end = run(new Threes(checkpoints.toString(), false));

    assertThat(end).isEqualTo(PipelineResult.State.DONE);
    assertThat(SPLITTINGS).hasValue(1);
    assertThat(STARTS).hasValue(2);
    assertThat(READ).containsExactly(1, 2, 3);
  }

  private PipelineResult.State run(Threes source) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(1);
    options.setStateBackend("filesystem");
    options.setStateBackendStoragePath(checkpoints.toUri().toString());
    options.setMaxBundleSize(1L);
    options.setCheckpointingInterval(100L);
    options.setNumberOfExecutionRetries(1);
    options.setExecutionRetryDelay(10L);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Threes", Read.from(source)).apply("Note", ParDo.of(new NoteFn()));
    return pipeline.run().waitUntilFinish();
  }

  private static final class NoteFn extends DoFn<Integer, Void> {
    @ProcessElement
    public void process(@Element Integer number) {
      READ.add(number);
    }
  }

  /** Emits 1, 2, 3 once the first checkpoint is complete. */
  private static final class Threes extends UnboundedSource<Integer, Position> {
    private final String checkpoints;
    private final boolean splittingFails;

    Threes(String checkpoints, boolean splittingFails) {
      this.checkpoints = checkpoints;
      this.splittingFails = splittingFails;
    }

    @Override
    public List<Threes> split(int desiredNumSplits, PipelineOptions options) throws Exception {
      if (SPLITTINGS.incrementAndGet() == 1) {
        awaitCheckpoint();
        if (splittingFails) {
          throw new IOException("the broker of this test does not respond");
        }
      }
      return List.of(this);
    }

    /** The second checkpoint begins when the first one is complete. */
    private void awaitCheckpoint() throws Exception {
      while (true) {
        try (Stream<Path> all = Files.walk(Path.of(checkpoints))) {
          if (all.anyMatch(path -> path.endsWith("chk-2"))) {
            return;
          }
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }

    @Override
    public UnboundedReader<Integer> createReader(PipelineOptions options, Position position) {
      return new ThreesReader(this, position == null ? 0 : position.read());
    }

    @Override
    public Coder<Position> getCheckpointMarkCoder() {
      return new PositionCoder();
    }

    @Override
    public Coder<Integer> getOutputCoder() {
      return VarIntCoder.of();
    }
  }

  private record Position(int read) implements UnboundedSource.CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  private static final class PositionCoder extends CustomCoder<Position> {
    @Override
    public void encode(Position position, OutputStream out) throws IOException {
      VarIntCoder.of().encode(position.read(), out);
    }

    @Override
    public Position decode(InputStream in) throws IOException {
      return new Position(VarIntCoder.of().decode(in));
    }
  }

  /** A reader whose first start fails. */
  private static final class ThreesReader extends UnboundedSource.UnboundedReader<Integer> {
    private final Threes source;
    private int read;

    ThreesReader(Threes source, int read) {
      this.source = source;
      this.read = read;
    }

    @Override
    public boolean start() throws IOException {
      if (STARTS.incrementAndGet() == 1) {
        throw new IOException("the crash of this test");
      }
      return advance();
    }

    @Override
    public boolean advance() {
      if (read == 3) {
        return false;
      }
      read++;
      return true;
    }

    @Override
    public Integer getCurrent() {
      return read;
    }

    @Override
    public Instant getCurrentTimestamp() {
      return Instant.ofEpochMilli(read);
    }

    @Override
    public Instant getWatermark() {
      return read == 3 ? BoundedWindow.TIMESTAMP_MAX_VALUE : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @Override
    public UnboundedSource.CheckpointMark getCheckpointMark() {
      return new Position(read);
    }

    @Override
    public UnboundedSource<Integer, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}

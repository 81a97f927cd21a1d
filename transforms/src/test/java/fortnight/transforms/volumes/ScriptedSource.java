package fortnight.transforms.volumes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Instant;

/** A source of a few elements; the test controls when each is available. */
abstract class ScriptedSource<T> extends UnboundedSource<T, ScriptedSource.Position> {
  @Override
  public List<ScriptedSource<T>> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<T> createReader(PipelineOptions options, Position position) {
    return reader(position == null ? 0 : position.read());
  }

  /** Creates a reader that continues after {@code read} elements. */
  abstract Reader<T> reader(int read);

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return new PositionCoder();
  }

  /**
   * A position in the source.
   *
   * @param read number of elements read
   * @param whenComplete called with this number when its checkpoint is complete
   */
  record Position(int read, IntConsumer whenComplete) implements CheckpointMark {
    @Override
    public void finalizeCheckpoint() {
      whenComplete.accept(read);
    }
  }

  private static final class PositionCoder extends CustomCoder<Position> {
    @Override
    public void encode(Position position, OutputStream out) throws IOException {
      VarIntCoder.of().encode(position.read(), out);
    }

    @Override
    public Position decode(InputStream in) throws IOException {
      return new Position(VarIntCoder.of().decode(in), read -> {});
    }
  }

  /** A reader; {@code read} is the number of elements read, including the current one. */
  abstract static class Reader<T> extends UnboundedReader<T> {
    private final ScriptedSource<T> source;
    private int read;

    Reader(ScriptedSource<T> source, int read) {
      this.source = source;
      this.read = read;
    }

    /** Returns whether the next element is available. */
    abstract boolean isDue(int read) throws IOException;

    abstract T element(int read);

    abstract Instant timestamp(int read);

    /** Returns the watermark; the job ends at the maximum timestamp. */
    abstract Instant watermark(int read);

    /** Called when a checkpoint with {@code read} elements is complete. */
    abstract void complete(int read);

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      boolean isDue = isDue(read);
      read += isDue ? 1 : 0;
      return isDue;
    }

    @Override
    public T getCurrent() {
      return element(read);
    }

    @Override
    public Instant getCurrentTimestamp() {
      return timestamp(read);
    }

    @Override
    public Instant getWatermark() {
      return watermark(read);
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return new Position(read, this::complete);
    }

    @Override
    public UnboundedSource<T, ?> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}

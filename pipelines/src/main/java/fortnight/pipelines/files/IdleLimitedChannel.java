package fortnight.pipelines.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The bytes of a pipe up to its end, or until no further byte arrives for a time. For the first
 * byte it waits without a limit. A thread reads the pipe, because a read has no time limit.
 */
final class IdleLimitedChannel implements ReadableByteChannel {
  private static final int BUFFER = 1 << 16;

  private final ReadableByteChannel pipe;
  private final Duration maxIdle;
  private final Runnable onIdle;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(1);
  private final Thread reader = new Thread(this::readPipe, "pipe-reader");

  private @Nullable Chunk current;
  private boolean isEnd;

  /**
   * Bytes in the order in which they arrived.
   *
   * @param failure why there are no further bytes; null if that is the end of the pipe
   */
  private record Chunk(ByteBuffer bytes, boolean isLast, @Nullable Exception failure) {}

  /**
   * Creates a channel.
   *
   * @param onIdle called when the channel ends before the pipe
   */
  IdleLimitedChannel(ReadableByteChannel pipe, Duration maxIdle, Runnable onIdle) {
    this.pipe = pipe;
    this.maxIdle = maxIdle;
    this.onIdle = onIdle;
    reader.setDaemon(true);
    reader.start();
  }

  private void readPipe() {
    try {
      Chunk chunk;
      do {
        chunk = nextOfPipe();
        chunks.put(chunk);
      } while (!chunk.isLast);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The channel is closed.
    }
  }

  private Chunk nextOfPipe() {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    try {
      int count = pipe.read(bytes);
      return new Chunk(bytes.flip(), count < 0, null);
    } catch (IOException | RuntimeException e) {
      return new Chunk(ByteBuffer.allocate(0), true, e);
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    while (!isEnd && (current == null || !current.bytes.hasRemaining())) {
      advance();
    }
    if (isEnd) {
      return -1;
    }
    int count = Math.min(to.remaining(), current.bytes.remaining());
    to.put(current.bytes.slice(current.bytes.position(), count));
    current.bytes.position(current.bytes.position() + count);
    return count;
  }

  private void advance() throws IOException {
    try {
      Chunk next =
          current == null ? chunks.take() : chunks.poll(maxIdle.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        isEnd = true;
        onIdle.run();
      } else if (next.failure != null) {
        throw new IOException(next.failure.getMessage(), next.failure);
      } else {
        current = next;
        isEnd = next.isLast;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public boolean isOpen() {
    return pipe.isOpen();
  }

  /** Ends the thread, also if it waits for bytes of the pipe. */
  @Override
  public void close() throws IOException {
    reader.interrupt();
    pipe.close();
  }
}

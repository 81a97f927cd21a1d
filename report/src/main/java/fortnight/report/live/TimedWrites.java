package fortnight.report.live;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes to HTTP clients; closes the connection of a client that does not read for too long. */
final class TimedWrites implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 10;

  /** The HTTP server's buffer grows to the size of a single write. */
  private static final int CHUNK_BYTES = 8 << 10;

  /** Compared by identity, because a thread can write again. */
  private static final class Write {
    private final Thread thread = Thread.currentThread();
    private final long start = System.nanoTime();

    private boolean isOverdue() {
      return System.nanoTime() - start > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    }
  }

  private final Set<Write> writes = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LivePage.daemonThreads("timer"));

  TimedWrites() {
    var unused = timer.scheduleWithFixedDelay(this::interruptOverdue, 1, 1, TimeUnit.SECONDS);
  }

  /** Writes all bytes and flushes; fails if that takes longer than the timeout. */
  void write(OutputStream body, byte[] bytes) throws IOException {
    Write write = new Write();
    writes.add(write);
    try {
      for (int from = 0; from < bytes.length; from += CHUNK_BYTES) {
        body.write(bytes, from, Math.min(CHUNK_BYTES, bytes.length - from));
      }
      body.flush();
    } finally {
      writes.remove(write);
    }
  }

  /** Interrupting a thread closes the socket that it writes to. */
  private void interruptOverdue() {
    try {
      writes.stream().filter(Write::isOverdue).forEach(write -> write.thread.interrupt());
    } catch (OutOfMemoryError e) {
      // An error would cancel the timer; the next check follows in a second.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

package fortnight.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes to clients, and closes the connection of one that does not read within a time limit. */
final class TimedWrites implements AutoCloseable {
  private static final int LIMIT_SECONDS = 10;

  /** The server's own buffer grows to what is written at once. */
  private static final int BYTES_AT_ONCE = 8 << 10;

  /** Compared by identity: a thread may write again. */
  private static final class Write {
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();

    private boolean isOverdue() {
      return System.nanoTime() - since > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    }
  }

  private final Set<Write> writes = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("watch"));

  TimedWrites() {
    var unused = watch.scheduleWithFixedDelay(this::interruptOverdue, 1, 1, TimeUnit.SECONDS);
  }

  /** Returns when all of it is written; fails when that takes longer than the limit. */
  void write(OutputStream body, byte[] bytes) throws IOException {
    Write write = new Write();
    writes.add(write);
    try {
      for (int from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
        body.write(bytes, from, Math.min(BYTES_AT_ONCE, bytes.length - from));
      }
      body.flush();
    } finally {
      writes.remove(write);
    }
  }

  /** An interrupt closes the socket that a thread is writing to. */
  private void interruptOverdue() {
    try {
      writes.stream().filter(Write::isOverdue).forEach(write -> write.thread.interrupt());
    } catch (OutOfMemoryError e) {
      // Thrown on, it would end the checks; the next one is in a second.
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}

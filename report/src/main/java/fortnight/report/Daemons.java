package fortnight.report;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the process. */
final class Daemons {
  private Daemons() {}

  static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, "live-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }
}

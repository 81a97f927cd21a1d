package fortnight.common.process;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Terminates this JVM when the process that started it ends, including by SIGKILL. */
public final class ParentWatch {
  private static final String PARENT = "fortnight.parent";
  private static final String TEMPORARY = "fortnight.temporary";
  private static final int INTERVAL_MILLIS = 50;

  /** The time that shutdown hooks have to clean up. */
  private static final int GRACE_MILLIS = 250;

  private ParentWatch() {}

  /**
   * The flags of a child JVM that watches this process.
   *
   * @param temporary the directory for the child's temporary files; the child deletes it if this
   *     process ends first
   */
  public static List<String> jvmFlags(Path temporary) {
    return List.of(
        "-D" + PARENT + "=" + ProcessHandle.current().pid(),
        "-D" + TEMPORARY + "=" + temporary,
        "-Djava.io.tmpdir=" + temporary);
  }

  /**
   * Starts watching the parent; this JVM then exits within a second of the parent's end. Returns
   * false if this JVM was started without {@link #jvmFlags}.
   */
  public static boolean start() {
    String parent = System.getProperty(PARENT);
    if (parent == null) {
      return false;
    }
    Thread watch = new Thread(() -> exitAfter(Long.parseLong(parent)), "watch the parent");
    watch.setDaemon(true);
    watch.start();
    return true;
  }

  /** Polls, because {@link ProcessHandle#onExit} polls a process that is not a child every 5 s. */
  private static void exitAfter(long parent) {
    while (isParent(parent)) {
      sleep(INTERVAL_MILLIS);
    }
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(ParentWatch::halt, "end with the parent"));
    } catch (IllegalStateException e) {
      halt(); // The JVM is already shutting down, and its hooks may take long.
    }
    System.exit(1);
  }

  /** An orphan gets another parent at once, even if its own parent remains as a zombie. */
  private static boolean isParent(long pid) {
    return ProcessHandle.current()
        .parent()
        .filter(parent -> parent.pid() == pid && parent.isAlive())
        .isPresent();
  }

  private static void halt() {
    sleep(GRACE_MILLIS);
    TemporaryDirectory.deleteTree(Path.of(System.getProperty(TEMPORARY)));
    Runtime.getRuntime().halt(1);
  }

  private static void sleep(int milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

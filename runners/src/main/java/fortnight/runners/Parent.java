package fortnight.runners;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process that started this one, which ends with it. */
final class Parent {
  private static final String PROPERTY = "fortnight.parent";

  private static final String TEMPORARY = "fortnight.temporary";

  private static final int BETWEEN_LOOKS_MILLIS = 50;

  /** What shutdown hooks have to clean up in. */
  private static final int GRACE_MILLIS = 250;

  private Parent() {}

  /**
   * The JVM's flags with which a child ends when this process does, however that ends.
   *
   * @param temporary where the child has its temporary files; removed if this process cannot
   */
  static List<String> flags(Path temporary) {
    return List.of(
        "-D" + PROPERTY + "=" + ProcessHandle.current().pid(),
        "-D" + TEMPORARY + "=" + temporary,
        "-Djava.io.tmpdir=" + temporary);
  }

  /** Whether there is a parent; from now on this process ends within a second of its end. */
  static boolean endsThisProcess() {
    String parent = System.getProperty(PROPERTY);
    if (parent == null) {
      return false;
    }
    Thread watch = new Thread(() -> endWith(Long.parseLong(parent)), "watch the parent");
    watch.setDaemon(true);
    watch.start();
    return true;
  }

  /** {@link ProcessHandle#onExit} looks only every 5 s at a process that is not a child. */
  private static void endWith(long parent) {
    while (isParent(parent)) {
      sleep(BETWEEN_LOOKS_MILLIS);
    }
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Parent::halt, "end with the parent"));
    } catch (IllegalStateException e) {
      halt(); // The process is ending already, and the hooks of that may take long.
    }
    System.exit(1);
  }

  /** An orphan gets another parent at once, even while its own is a zombie. */
  private static boolean isParent(long pid) {
    return ProcessHandle.current()
        .parent()
        .filter(parent -> parent.pid() == pid && parent.isAlive())
        .isPresent();
  }

  private static void halt() {
    sleep(GRACE_MILLIS);
    Directories.remove(Path.of(System.getProperty(TEMPORARY)));
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

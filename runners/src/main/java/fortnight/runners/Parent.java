package fortnight.runners;

/** The process that started this one and without which it is not to be. */
final class Parent {
  private static final String PROPERTY = "fortnight.parent";

  private Parent() {}

  /** What a JVM must be told to end when this one does, however that ends. */
  static String flag() {
    return "-D" + PROPERTY + "=" + ProcessHandle.current().pid();
  }

  /** Whether there is a parent; from now on this process ends with it. */
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

  private static void endWith(long parent) {
    ProcessHandle.of(parent).ifPresent(process -> process.onExit().join());
    System.exit(1);
  }
}

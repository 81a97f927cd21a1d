package fortnight.pipelines;

/** Whose process this is. */
final class Guest {
  private Guest() {}

  /** Whether Flink's client or JobManager runs this: they load it their own way, and exit later. */
  static boolean isOfFlink() {
    return Guest.class.getClassLoader().getClass().getName().startsWith("org.apache.flink.");
  }
}

package fortnight.benchmarks;

/** What an embedded Flink needs on Java 17; fortnight.jar has it in its manifest. */
final class FlinkOpens {
  static final String[] PACKAGES = {
    "java.lang",
    "java.net",
    "java.nio",
    "java.time",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.atomic",
    "sun.nio.ch"
  };

  private FlinkOpens() {}
}

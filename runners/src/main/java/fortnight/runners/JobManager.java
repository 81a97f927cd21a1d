package fortnight.runners;

import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;

/** Flink's JobManager, which ends with the process that started it. */
public final class JobManager {
  private JobManager() {}

  public static void main(String[] args) {
    Parent.endsThisProcess();
    StandaloneSessionClusterEntrypoint.main(args);
  }
}

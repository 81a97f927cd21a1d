package fortnight.runners;

import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/** Flink's TaskManager, which ends with the process that started it. */
public final class TaskManager {
  private TaskManager() {}

  /** Throws what Flink throws. */
  public static void main(String[] args) throws Exception {
    Parent.endsThisProcess();
    TaskManagerRunner.main(args);
  }
}

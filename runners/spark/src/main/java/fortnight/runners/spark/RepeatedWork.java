package fortnight.runners.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.Resubmitted$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockUpdatedInfo;

/**
 * Observes whether Spark computes something again that was already complete, because an executor
 * that had it was lost, or because it did not fit into memory. Result files are the same then, but
 * Beam's counters, which are Spark's accumulators, include the work of both times.
 */
public final class RepeatedWork extends SparkListener {
  private static final String NOWHERE = "";

  private static final AtomicBoolean FOUND = new AtomicBoolean();

  /** The executor that computed each block of a stored step; {@link #NOWHERE} if it is gone. */
  private final Map<BlockId, String> stored = new ConcurrentHashMap<>();

  /** Whether the last job of this process repeated work. */
  static boolean isFound() {
    return FOUND.get();
  }

  @Override
  public void onApplicationStart(SparkListenerApplicationStart event) {
    FOUND.set(false);
  }

  /** A stage whose output was lost with an executor is submitted again. */
  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (event.stageInfo().attemptNumber() > 0) {
      FOUND.set(true);
    }
  }

  /** A finished task of a running stage, whose output was lost with an executor, is run again. */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.reason() == Resubmitted$.MODULE$) {
      FOUND.set(true);
    }
  }

  /** A block that was lost with an executor, or dropped, is stored again. */
  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated event) {
    BlockUpdatedInfo block = event.blockUpdatedInfo();
    if (!block.blockId().isRDD()) {
      return;
    }
    String executor =
        block.storageLevel().isValid() ? block.blockManagerId().executorId() : NOWHERE;
    String before = stored.put(block.blockId(), executor);
    if (before != null && !executor.equals(NOWHERE) && !before.equals(executor)) {
      FOUND.set(true);
    }
  }
}

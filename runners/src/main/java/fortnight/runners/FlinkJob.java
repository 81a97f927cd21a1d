package fortnight.runners;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.metrics.FlinkMetricContainer;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Suppliers;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that was submitted: unlike Beam's result for it, this one knows why a job failed. */
final class FlinkJob implements PipelineResult {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  private static final long PATIENCE_SECONDS = 5;
  private static final long CLOSE_SECONDS = 60;
  private static final int PAUSE_MILLIS = 20;

  private static final Set<MiniCluster> OPEN = ConcurrentHashMap.newKeySet();

  private final JobClient client;

  /** The embedded Flink that runs this job alone and closes after it; none on a cluster. */
  private final Optional<MiniCluster> embedded;

  /** Asked for by whoever waits: of a job that a JobManager submits itself nobody may ask. */
  private final Supplier<CompletableFuture<JobExecutionResult>> end;

  private FlinkJob(JobClient client) {
    this.client = client;
    this.embedded =
        client instanceof MiniClusterJobClient
            ? Optional.of(field(client, "miniCluster", MiniCluster.class))
            : Optional.empty();
    embedded.ifPresent(OPEN::add);
    this.end = Suppliers.memoize(client::getJobExecutionResult);
  }

  /** The job behind what Beam returns in its detached mode. */
  static FlinkJob of(PipelineResult detached) {
    return new FlinkJob(field(detached, "jobClient", JobClient.class));
  }

  /**
   * Returns when every embedded Flink of this process has been closed, by its job's end or by the
   * cancellation of its job, or when that takes too long.
   */
  static void awaitNoneIsOpen() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    for (MiniCluster flink : OPEN) {
      while (flink.isRunning() && System.nanoTime() < deadline) {
        try {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      awaitClose(flink);
    }
  }

  String id() {
    return client.getJobID().toHexString();
  }

  @Override
  public State getState() {
    return end.get().isDone() ? waitUntilFinish() : State.RUNNING;
  }

  @Override
  public State cancel() {
    try {
      client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return waitUntilFinish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.UNKNOWN;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the job cannot be cancelled", e);
    }
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.millis(Long.MAX_VALUE));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException with the cause, if the job failed
   */
  @Override
  public State waitUntilFinish(Duration atMost) {
    try {
      end.get().get(atMost.getMillis(), TimeUnit.MILLISECONDS);
      awaitClose();
      return State.DONE;
    } catch (TimeoutException e) {
      return State.RUNNING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.UNKNOWN;
    } catch (ExecutionException e) {
      awaitClose();
      if (Throwables.getCausalChain(e).stream()
          .anyMatch(JobCancellationException.class::isInstance)) {
        return State.CANCELLED;
      }
      throw new IllegalStateException("the job failed", e.getCause());
    }
  }

  /**
   * Returns when the embedded Flink is closed. It closes on threads of its own once its job has
   * ended, and at last unloads the classes of its actor system; a JVM that exits before that runs
   * Flink's shutdown hooks while the classes they need are gone.
   */
  private void awaitClose() {
    embedded.ifPresent(FlinkJob::awaitClose);
  }

  private static void awaitClose(MiniCluster flink) {
    try {
      flink.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The embedded Flink was not closed", e);
    }
    OPEN.remove(flink);
  }

  private static <T> T field(Object owner, String name, Class<T> type) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return type.cast(field.get(owner));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Beam's Flink runner is another one than this is for", e);
    }
  }

  /** What operators in this process count while they run, or what a job has counted at its end. */
  @Override
  public MetricResults metrics() {
    if (!end.get().isDone() || end.get().isCompletedExceptionally()) {
      return CountersReporter.counters();
    }
    Map<String, Object> accumulators = end.get().join().getAllAccumulatorResults();
    Object counted = accumulators.get(FlinkMetricContainer.ACCUMULATOR_NAME);
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(
        counted == null ? new MetricsContainerStepMap() : (MetricsContainerStepMap) counted);
  }
}

package fortnight.runners.flink;

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

/** A submitted job. Unlike Beam's own result of it, this one has the cause of a failure. */
final class FlinkJob implements PipelineResult {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  private static final long CANCEL_TIMEOUT_SECONDS = 5;
  private static final long CLOSE_TIMEOUT_SECONDS = 60;
  private static final int POLL_MILLIS = 20;

  /** The embedded Flinks of this process that are not closed. */
  private static final Set<MiniCluster> OPEN = ConcurrentHashMap.newKeySet();

  private final JobClient client;

  /** The embedded Flink, which runs only this job and closes after it; empty on a cluster. */
  private final Optional<MiniCluster> embedded;

  /** Requested lazily, because a job that a JobManager submits itself must not request it. */
  private final Supplier<CompletableFuture<JobExecutionResult>> result;

  private FlinkJob(JobClient client) {
    this.client = client;
    this.embedded =
        client instanceof MiniClusterJobClient
            ? Optional.of(field(client, "miniCluster", MiniCluster.class))
            : Optional.empty();
    embedded.ifPresent(OPEN::add);
    this.result = Suppliers.memoize(client::getJobExecutionResult);
  }

  /** The job of the result that Beam returns in detached mode. */
  static FlinkJob of(PipelineResult detached) {
    return new FlinkJob(field(detached, "jobClient", JobClient.class));
  }

  /**
   * Returns once every embedded Flink of this process is closed, because its job has ended or was
   * cancelled; or after a timeout.
   */
  static void awaitEmbeddedClosed() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_TIMEOUT_SECONDS);
    for (MiniCluster flink : OPEN) {
      while (flink.isRunning() && System.nanoTime() < deadline) {
        try {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
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
    return result.get().isDone() ? waitUntilFinish() : State.RUNNING;
  }

  @Override
  public State cancel() {
    try {
      client.cancel().get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return waitUntilFinish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.UNKNOWN;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the job was not cancelled", e);
    }
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.millis(Long.MAX_VALUE));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException with the cause if the job failed
   */
  @Override
  public State waitUntilFinish(Duration atMost) {
    try {
      result.get().get(atMost.getMillis(), TimeUnit.MILLISECONDS);
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
   * Returns once the embedded Flink is closed. It closes on its own threads when the job has ended,
   * and finally unloads the classes of its actor system. If the JVM exits before that, Flink's
   * shutdown hooks run without the classes that they need.
   */
  private void awaitClose() {
    embedded.ifPresent(FlinkJob::awaitClose);
  }

  private static void awaitClose(MiniCluster flink) {
    try {
      flink.closeAsync().get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
      throw new IllegalStateException("this version of Beam's Flink runner is not supported", e);
    }
  }

  /** The counters of this process while the job runs, and of the job when it has ended. */
  @Override
  public MetricResults metrics() {
    if (!result.get().isDone() || result.get().isCompletedExceptionally()) {
      return CountersReporter.counters();
    }
    Map<String, Object> accumulators = result.get().join().getAllAccumulatorResults();
    Object counters = accumulators.get(FlinkMetricContainer.ACCUMULATOR_NAME);
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(
        counters == null ? new MetricsContainerStepMap() : (MetricsContainerStepMap) counters);
  }
}

package fortnight.runners;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.joda.time.Duration;

/** A job that was submitted: unlike Beam's result for it, this one knows why a job failed. */
final class FlinkJob implements PipelineResult {
  private static final long PATIENCE_SECONDS = 5;

  private final JobClient client;

  /** Asked for by whoever waits: of a job that a JobManager submits itself nobody may ask. */
  private final Supplier<CompletableFuture<JobExecutionResult>> end;

  private FlinkJob(JobClient client) {
    this.client = client;
    this.end = Suppliers.memoize(client::getJobExecutionResult);
  }

  /** The job behind what Beam returns in its detached mode. */
  static FlinkJob of(PipelineResult detached) {
    try {
      Field client = detached.getClass().getDeclaredField("jobClient");
      client.setAccessible(true);
      return new FlinkJob((JobClient) client.get(detached));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Beam's Flink runner is another one than this is for", e);
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
      return State.DONE;
    } catch (TimeoutException e) {
      return State.RUNNING;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.UNKNOWN;
    } catch (ExecutionException e) {
      if (Throwables.getCausalChain(e).stream()
          .anyMatch(JobCancellationException.class::isInstance)) {
        return State.CANCELLED;
      }
      throw new IllegalStateException("the job failed", e.getCause());
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

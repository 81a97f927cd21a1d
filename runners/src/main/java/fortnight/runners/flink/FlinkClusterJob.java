package fortnight.runners.flink;

import fortnight.pipelines.runner.RunnerSupport;
import java.io.IOException;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Throwables;
import org.apache.flink.runtime.client.JobExecutionException;
import org.joda.time.Duration;

/** A job on a cluster, which continues when this process ends. */
record FlinkClusterJob(FlinkJob job, FlinkMaster master, boolean isDetached)
    implements RunnerSupport.ClusterJob {
  @Override
  public String place() {
    return master.isAddress()
        ? "job " + job.id() + " at http://" + master.text() + "/#/job/running/" + job.id()
        : "job " + job.id();
  }

  @Override
  public State getState() {
    return job.getState();
  }

  @Override
  public State cancel() throws IOException {
    return job.cancel();
  }

  @Override
  public State waitUntilFinish(Duration atMost) {
    try {
      return job.waitUntilFinish(atMost);
    } catch (IllegalStateException e) {
      if (Throwables.getCausalChain(e).stream().anyMatch(JobExecutionException.class::isInstance)) {
        throw e;
      }
      throw new RunnerSupport.UnreachableJobException(place(), e);
    }
  }

  @Override
  public State waitUntilFinish() {
    return job.waitUntilFinish();
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }
}

package fortnight.runners;

import fortnight.pipelines.ClusterJob;
import java.io.IOException;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/** A job on a cluster. */
record FlinkClusterJob(FlinkJob job, FlinkMaster master, boolean isDetached) implements ClusterJob {
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
    return job.waitUntilFinish(atMost);
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

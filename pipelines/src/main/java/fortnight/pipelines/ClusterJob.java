package fortnight.pipelines;

import org.apache.beam.sdk.PipelineResult;

/** A run on a cluster, which goes on when this process ends. */
public interface ClusterJob extends PipelineResult {
  /** Which job it is and where to find it, in words. */
  String place();

  /** Whether nobody here waits for its end. */
  boolean isDetached();
}

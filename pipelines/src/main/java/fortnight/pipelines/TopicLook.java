package fortnight.pipelines;

import java.util.List;

/**
 * The partitions of a topic, as the brokers report them.
 *
 * @param askedAt when they were asked, by {@link System#nanoTime}
 * @param partitions those that can be read, in order
 */
record TopicLook(long askedAt, List<Integer> partitions) {
  /** Whether a partition that was made before this time is among them. */
  boolean isAfter(long nanoTime) {
    return askedAt - nanoTime > 0;
  }
}

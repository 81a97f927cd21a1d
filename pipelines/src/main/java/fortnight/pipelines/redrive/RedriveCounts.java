package fortnight.pipelines.redrive;

import java.util.Map;

/**
 * What became of the messages that a redrive read: sent + left alone = read.
 *
 * @param leftAlone only what there was
 */
record RedriveCounts(long sent, Map<SkipReason, Long> leftAlone) {
  long read() {
    return sent + allLeftAlone();
  }

  long allLeftAlone() {
    return leftAlone.values().stream().mapToLong(Long::longValue).sum();
  }
}

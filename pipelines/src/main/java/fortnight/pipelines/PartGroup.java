package fortnight.pipelines;

import java.io.Serializable;
import org.apache.beam.sdk.io.range.OffsetRange;

/**
 * Consecutive parts that one reader reads, one after another.
 *
 * @param first the index of the first part
 * @param count how many there are
 */
record PartGroup(int first, int count) implements Serializable {
  OffsetRange all() {
    return new OffsetRange(0, FileParts.start(count));
  }
}

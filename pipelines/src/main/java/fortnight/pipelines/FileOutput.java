package fortnight.pipelines;

import fortnight.transforms.volumes.ComparisonWindows;
import java.util.Map;
import java.util.Set;

/**
 * Files; in a stream directories of files, by the same names without their suffix.
 *
 * @param windows tell what belongs into one file of a stream
 */
record FileOutput(Map<String, OutputFile> files, ComparisonWindows windows) implements Output {
  @Override
  public Set<String> titles() {
    return files.keySet();
  }

  @Override
  public String path(String title) {
    return files.get(title).path();
  }
}

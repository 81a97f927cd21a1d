package fortnight.pipelines.files;

import fortnight.pipelines.io.Input;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.formats.RecordEncoding;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Input files. Large files are read in parts in parallel, small and compressed files as a whole. A
 * file that cannot be read completely fails the run.
 *
 * @param readers the maximum number of parallel readers
 */
public record FileInput(List<InputFile> files, int readers) implements Input {
  static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * Returns the input with one reader for each processor on DirectRunner, where all readers finish
   * before anything is parsed, so that a bundle of each is in memory. On other runners the number
   * is not limited, because each task reads one part at a time.
   *
   * @param encoding how the records of all files are encoded
   */
  public static FileInput of(List<InputFile> files, RecordEncoding encoding, boolean isDirect) {
    List<InputFile> encoded = files.stream().map(file -> file.withEncoding(encoding)).toList();
    return new FileInput(
        encoded, isDirect ? Runtime.getRuntime().availableProcessors() : UNLIMITED);
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public Set<String> locations() {
    return Paths.canonical(files.stream().map(InputFile::path).toList());
  }

  @Override
  public boolean mayBeEmpty() {
    return false;
  }

  @Override
  public boolean isLocalToProcess() {
    return files.stream().anyMatch(file -> file.access() == InputFile.Access.ONCE);
  }

  @Override
  public PTransform<PBegin, PCollection<PayloadBatch>> read() {
    return new ReadFiles(this);
  }
}

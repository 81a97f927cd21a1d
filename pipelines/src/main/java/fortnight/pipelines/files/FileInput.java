package fortnight.pipelines.files;

import fortnight.pipelines.io.Input;
import fortnight.transforms.PayloadBatch;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Files. Large ones are read in parts in parallel, small and compressed ones as a whole. A file
 * that cannot be read to its end fails the run.
 *
 * @param readers the maximum number of parallel readers
 */
public record FileInput(List<InputFile> files, int readers) implements Input {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * Files with one reader for each processor on DirectRunner, where all readers finish before
   * anything is parsed, so that a bundle of each is in memory. On Flink the number is not limited,
   * because each task reads one part at a time.
   */
  public static FileInput of(List<InputFile> files, boolean isOnFlink) {
    return new FileInput(files, isOnFlink ? NO_LIMIT : Runtime.getRuntime().availableProcessors());
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public List<String> locations() {
    return files.stream().map(InputFile::path).toList();
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

  private static final class ReadFiles extends PTransform<PBegin, PCollection<PayloadBatch>> {
    private final FileInput input;

    ReadFiles(FileInput input) {
      this.input = input;
    }

    @Override
    public PCollection<PayloadBatch> expand(PBegin begin) {
      FileParts parts = FileParts.of(input.files());
      return begin
          .apply(
              "Files",
              Create.of(
                      input.readers() == NO_LIMIT ? parts.groups() : parts.groups(input.readers()))
                  .withCoder(SerializableCoder.of(FileParts.Group.class)))
          .apply("Read lines", ParDo.of(new ReadLinesFn(parts)))
          .setCoder(PayloadBatch.coder());
    }
  }
}

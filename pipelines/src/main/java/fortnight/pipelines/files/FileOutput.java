package fortnight.pipelines.files;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.encoding.TextFormat;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.rows.ResultRow;
import fortnight.transforms.volumes.ComparisonWindows;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PDone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output files: a sorted file for each result of a bounded run. For a stream, each result is a
 * directory, whose name is the name of the file without its suffix.
 *
 * @param files the files, by the title of the result
 * @param windows the windows of the rows of a stream
 * @param inputs the input files, which must not change before the output files are complete
 */
public record FileOutput(
    Map<String, ResultFile> files, ComparisonWindows windows, List<InputFile> inputs)
    implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(FileOutput.class);

  /** The file of a result, and its format. */
  public record ResultFile(OutputFile file, TextFormat format) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  @Override
  public Set<String> titles() {
    return files.keySet();
  }

  @Override
  public String location(String title) {
    return files.get(title).file().path();
  }

  @Override
  public PTransform<PCollection<ResultRow>, PDone> write() {
    return new WriteFiles(this);
  }

  /** Joins files, so that all of them get their names at the same time. */
  @Override
  public Optional<Output> with(Output other) {
    if (other instanceof FileOutput more) {
      Map<String, ResultFile> all = new HashMap<>(files);
      all.putAll(more.files);
      return Optional.of(new FileOutput(all, windows, inputs));
    }
    return Optional.empty();
  }

  @Override
  public void prepare() {
    files.values().forEach(result -> prepare(result.file()));
  }

  /**
   * Checks that a file can be created; may create its directory.
   *
   * @throws CommandException if the file cannot be created
   */
  public static void prepare(OutputFile file) {
    try {
      file.checkWritable();
    } catch (IOException e) {
      LOG.debug("Cannot write {}", file.path(), e);
      throw CommandException.failed(
          "cannot write " + file.path() + ": its directory cannot be created or written to");
    }
  }

  @Override
  public void cleanUp() throws IOException {
    for (ResultFile result : files.values()) {
      result.file().cleanUp();
    }
  }

  private static final class WriteFiles extends PTransform<PCollection<ResultRow>, PDone> {
    private final FileOutput output;

    WriteFiles(FileOutput output) {
      this.output = output;
    }

    @Override
    public PDone expand(PCollection<ResultRow> rows) {
      return rows.apply(
          "To files",
          rows.isBounded() == IsBounded.BOUNDED
              ? new WriteSortedFiles(output)
              : new WritePaneFiles(output));
    }
  }
}

package fortnight.pipelines;

import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes rows where the output says: bounded ones to one ordered file for each result, those of a
 * stream to a file for each result, window and pane, and either to topics.
 */
final class WriteRows extends PTransform<PCollection<Row>, PDone> {
  private final Output output;
  private final Input input;

  private WriteRows(Output output, Input input) {
    this.output = output;
    this.input = input;
  }

  /**
   * Writes to an output.
   *
   * @param input what the rows are made of; its files must not change until the end
   */
  static WriteRows to(Output output, Input input) {
    return new WriteRows(output, input);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    if (output instanceof TopicOutput topics) {
      return rows.apply("To topics", WriteTopics.to(topics));
    }
    FileOutput files = (FileOutput) output;
    return rows.isBounded() == IsBounded.BOUNDED
        ? rows.apply("To files", WriteSortedFiles.to(files.files()).ifUnchanged(inputFiles()))
        : rows.apply("To files", WritePaneFiles.to(files));
  }

  private List<InputFile> inputFiles() {
    return input instanceof FileInput files ? files.files() : List.of();
  }
}

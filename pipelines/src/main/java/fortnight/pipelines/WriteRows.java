package fortnight.pipelines;

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

  private WriteRows(Output output) {
    this.output = output;
  }

  static WriteRows to(Output output) {
    return new WriteRows(output);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    if (output instanceof TopicOutput topics) {
      return rows.apply("To topics", WriteTopics.to(topics));
    }
    FileOutput files = (FileOutput) output;
    return rows.isBounded() == IsBounded.BOUNDED
        ? rows.apply("To files", WriteSortedFiles.to(files.files()))
        : rows.apply("To files", WritePaneFiles.to(files));
  }
}

package fortnight.pipelines;

import fortnight.transforms.PayloadBatch;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the records that {@code --input} means, in batches, each record with where it came from.
 *
 * <p>Files are bounded: large ones are read in parts in parallel, small and compressed ones whole.
 * A file that cannot be read to its end fails the run. A topic is read for ever, or to where it
 * ends when the run starts. Nothing becomes a dead letter here.
 */
final class ReadTransactions extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final Input input;

  private ReadTransactions(Input input) {
    this.input = input;
  }

  static ReadTransactions from(Input input) {
    return new ReadTransactions(input);
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin begin) {
    if (input instanceof TopicInput topic) {
      return begin.apply("From topic", ReadTopic.of(topic));
    }
    FileInput files = (FileInput) input;
    FileParts parts = FileParts.of(files.files());
    return begin
        .apply(
            "Files",
            Create.of(files.hasReaderLimit() ? parts.groups(files.readers()) : parts.groups())
                .withCoder(SerializableCoder.of(PartGroup.class)))
        .apply("Read lines", ParDo.of(new ReadLinesFn(parts)))
        .setCoder(PayloadBatch.coder());
  }
}

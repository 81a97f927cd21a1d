package fortnight.pipelines;

import fortnight.transforms.PayloadBatch;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the records that {@code --input} means, in batches, each record with where it came from.
 *
 * <p>Files are bounded: large ones are read in byte ranges in parallel, small and compressed ones
 * whole. A file that cannot be read to its end fails the run. Nothing becomes a dead letter here.
 */
final class ReadTransactions extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final List<InputFile> files;

  private ReadTransactions(List<InputFile> files) {
    this.files = files;
  }

  static ReadTransactions from(List<InputFile> files) {
    return new ReadTransactions(files);
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin input) {
    return input
        .apply("Files", Create.of(files).withCoder(SerializableCoder.of(InputFile.class)))
        .apply("Read lines", ParDo.of(new ReadLinesFn()))
        .setCoder(PayloadBatch.coder());
  }
}

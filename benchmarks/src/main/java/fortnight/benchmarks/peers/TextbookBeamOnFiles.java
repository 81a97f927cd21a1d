package fortnight.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation.Required;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.joda.time.Instant;

/** {@link TextbookBeam} from a file to files, on any runner. */
public final class TextbookBeamOnFiles {
  private TextbookBeamOnFiles() {}

  /** The flags in addition to Beam's. */
  public interface Options extends PipelineOptions {
    @Required
    String getInputFile();

    void setInputFile(String file);

    @Required
    String getOutputDirectory();

    void setOutputDirectory(String directory);
  }

  /** Runs the pipeline with these flags. */
  public static void main(String[] args) throws NoSuchSchemaException {
    Options options = PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    TextbookBeam.rows(
            pipeline
                .apply("Read", TextIO.read().from(options.getInputFile()))
                .apply("Parse", ParDo.of(new ParseFn()))
                .apply(
                    "Event times",
                    WithTimestamps.of(purchase -> Instant.ofEpochMilli(purchase.timestamp))))
        .forEach(
            (analysis, rows) ->
                rows.apply("Texts of " + analysis, Values.create())
                    .apply(
                        "Write " + analysis,
                        TextIO.write()
                            .to(options.getOutputDirectory() + "/" + analysis)
                            .withSuffix(".jsonl")));
    pipeline.run().waitUntilFinish();
  }

  private static final class ParseFn extends DoFn<String, Purchase> {
    private transient ObjectReader json;

    @Setup
    public void setup() {
      json = new ObjectMapper().readerFor(Purchase.class);
    }

    @ProcessElement
    public void process(@Element String line, OutputReceiver<Purchase> out)
        throws JsonProcessingException {
      out.output(json.readValue(line));
    }
  }
}

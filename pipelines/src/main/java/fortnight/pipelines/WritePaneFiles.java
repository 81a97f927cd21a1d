package fortnight.pipelines;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Writes the rows of a stream: for each result a directory, in it a file for each window and pane,
 * complete when it appears.
 *
 * <p>Rows of a window that come together are gathered: what its closing fires makes one file.
 */
final class WritePaneFiles extends PTransform<PCollection<Row>, PDone> {
  private static final Duration GATHER_FOR = Duration.standardSeconds(1);

  private final FileOutput output;

  private WritePaneFiles(FileOutput output) {
    this.output = output;
  }

  static WritePaneFiles to(FileOutput output) {
    return new WritePaneFiles(output);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    rows.apply("By window", output.windows().intoEnds(GATHER_FOR))
        .apply(
            "Key by pane",
            WithKeys.<String, Row>of(WritePaneFiles::pane).withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), Row.coder()))
        .apply("Gather panes", GroupByKey.create())
        .apply("Write panes", ParDo.of(new PaneFileFn(output.files())));
    return PDone.in(rows.getPipeline());
  }

  /** Dead letters belong to no window. */
  private static String pane(Row row) {
    return row.timing().isEmpty()
        ? row.file()
        : row.file() + "/" + Json.time(Instant.ofEpochMilli(row.position())) + "/" + row.timing();
  }
}

package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.encoding.TextFormat;
import fortnight.pipelines.encoding.TextFormat.RowWriter;
import fortnight.pipelines.files.FileOutput.ResultFile;
import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Writes the rows of a stream to files: each result is a directory, with a file for each pane of a
 * window, which becomes visible when it is complete.
 *
 * <p>Rows of a window that arrive within a short time are written to one file, so that a pane is
 * usually one file.
 */
final class WritePaneFiles extends PTransform<PCollection<ResultRow>, PDone> {
  private static final Duration GATHERING_TIME = Duration.standardSeconds(1);

  private final FileOutput output;

  WritePaneFiles(FileOutput output) {
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    rows.apply("By window", output.windows().intoEnds(GATHERING_TIME))
        .apply(
            "Key by pane",
            WithKeys.<String, ResultRow>of(WritePaneFiles::pane)
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ResultRow.coder()))
        .apply("Gather panes", GroupByKey.create())
        .apply("Write panes", ParDo.of(new PaneFileFn(output.files())));
    return PDone.in(rows.getPipeline());
  }

  /** The key of a pane: its result, window start and timing; for dead letters only the result. */
  private static String pane(ResultRow row) {
    return row.timing().isEmpty()
        ? row.title()
        : "%s/%s/%s"
            .formatted(
                row.title(), JsonObject.time(Instant.ofEpochMilli(row.position())), row.timing());
  }

  /**
   * Writes the rows of a pane, sorted, to a file. The name ends with a hash of the content, because
   * after a restore rows may be grouped differently, and must not replace a complete file.
   */
  private static final class PaneFileFn extends DoFn<KV<String, Iterable<ResultRow>>, Void> {
    private final Map<String, ResultFile> files;

    PaneFileFn(Map<String, ResultFile> files) {
      this.files = new HashMap<>(files);
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<ResultRow>> pane) throws IOException {
      List<ResultRow> rows = new ArrayList<>();
      pane.getValue().forEach(rows::add);
      rows.sort(null);
      ResultRow first = rows.get(0);
      ResultFile result = files.get(first.title());
      String suffix = result.format().suffix();
      byte[] content = content(rows, result.format());
      OutputFile file = result.file().streamFile(name(first, content) + suffix, suffix);
      ResourceId temporary = file.newTemporary();
      try (OutputStream out =
          Channels.newOutputStream(FileSystems.create(temporary, MimeTypes.TEXT))) {
        out.write(content);
      } catch (IOException e) {
        throw file.cannotWrite(e);
      }
      file.finish(temporary);
    }

    private static String name(ResultRow first, byte[] content) {
      String hash = Hashing.sha256().hashBytes(content).toString().substring(0, 8);
      return first.timing().isEmpty()
          ? "%016d-%s".formatted(first.position(), hash)
          : "%s-%s-%s"
              .formatted(
                  JsonObject.time(Instant.ofEpochMilli(first.position())).replace(":", ""),
                  first.timing(),
                  hash);
    }

    private static byte[] content(List<ResultRow> rows, TextFormat format) throws IOException {
      StringWriter text = new StringWriter();
      RowWriter writer = format.begin(text);
      for (ResultRow row : rows) {
        writer.write(row);
      }
      return text.toString().getBytes(UTF_8);
    }
  }
}

package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.pipelines.rows.JsonObject;
import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.io.OutputStream;
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
    private final Map<String, OutputFile> files;

    PaneFileFn(Map<String, OutputFile> files) {
      this.files = new HashMap<>(files);
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<ResultRow>> pane) throws IOException {
      List<ResultRow> rows = new ArrayList<>();
      pane.getValue().forEach(rows::add);
      rows.sort(null);
      byte[] lines = lines(rows);
      ResultRow first = rows.get(0);
      OutputFile file = files.get(first.title()).streamFile(name(first, lines));
      ResourceId temporary = file.newTemporary();
      try (OutputStream out =
          Channels.newOutputStream(FileSystems.create(temporary, MimeTypes.TEXT))) {
        out.write(lines);
      } catch (IOException e) {
        throw file.cannotWrite(e);
      }
      file.finish(temporary);
    }

    private static String name(ResultRow first, byte[] lines) {
      String hash = Hashing.sha256().hashBytes(lines).toString().substring(0, 8);
      return first.timing().isEmpty()
          ? "%016d-%s.jsonl".formatted(first.position(), hash)
          : "%s-%s-%s.jsonl"
              .formatted(
                  JsonObject.time(Instant.ofEpochMilli(first.position())).replace(":", ""),
                  first.timing(),
                  hash);
    }

    private static byte[] lines(List<ResultRow> rows) {
      StringBuilder lines = new StringBuilder();
      rows.forEach(row -> lines.append(row.json()).append('\n'));
      return lines.toString().getBytes(UTF_8);
    }
  }
}

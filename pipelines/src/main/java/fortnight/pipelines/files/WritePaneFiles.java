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
 * Writes the rows of a stream: for each result a directory, in it a file for each window and pane,
 * complete when it appears.
 *
 * <p>Rows of a window that come together are gathered: what its closing fires makes one file.
 */
final class WritePaneFiles extends PTransform<PCollection<ResultRow>, PDone> {
  private static final Duration GATHER_FOR = Duration.standardSeconds(1);

  private final FileOutput output;

  private WritePaneFiles(FileOutput output) {
    this.output = output;
  }

  static WritePaneFiles to(FileOutput output) {
    return new WritePaneFiles(output);
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    rows.apply("By window", output.windows().intoEnds(GATHER_FOR))
        .apply(
            "Key by pane",
            WithKeys.<String, ResultRow>of(WritePaneFiles::pane)
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ResultRow.coder()))
        .apply("Gather panes", GroupByKey.create())
        .apply("Write panes", ParDo.of(new PaneFileFn(output.files())));
    return PDone.in(rows.getPipeline());
  }

  /** Dead letters belong to no window. */
  private static String pane(ResultRow row) {
    return row.timing().isEmpty()
        ? row.file()
        : row.file()
            + "/"
            + JsonObject.time(Instant.ofEpochMilli(row.position()))
            + "/"
            + row.timing();
  }

  /**
   * Writes the rows of one firing, in their order, as a file. Its name ends with a hash of what is
   * in it: after a crash a firing may be gathered otherwise, and must not replace what was
   * complete.
   */
  static final class PaneFileFn extends DoFn<KV<String, Iterable<ResultRow>>, Void> {
    private final Map<String, OutputFile> files;

    PaneFileFn(Map<String, OutputFile> files) {
      this.files = new HashMap<>(files);
    }

    @ProcessElement
    public void write(@Element KV<String, Iterable<ResultRow>> gathered) throws IOException {
      List<ResultRow> rows = new ArrayList<>();
      gathered.getValue().forEach(rows::add);
      rows.sort(null);
      byte[] lines = lines(rows);
      ResultRow first = rows.get(0);
      OutputFile file = files.get(first.file()).inItsDirectory(name(first, lines));
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

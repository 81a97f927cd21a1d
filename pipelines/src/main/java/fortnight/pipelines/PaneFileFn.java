package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing;

/**
 * Writes the rows of one firing, in their order, as a file. Its name ends with a hash of what is in
 * it: after a crash a firing may be gathered otherwise, and must not replace what was complete.
 */
final class PaneFileFn extends DoFn<KV<String, Iterable<Row>>, Void> {
  private final Map<String, OutputFile> files;

  PaneFileFn(Map<String, OutputFile> files) {
    this.files = new HashMap<>(files);
  }

  @ProcessElement
  public void write(@Element KV<String, Iterable<Row>> firing, IntervalWindow window, PaneInfo pane)
      throws IOException {
    OutputFile result = files.get(firing.getKey());
    byte[] lines = lines(firing.getValue());
    String name =
        "%s-pane-%d-%s-%s.jsonl"
            .formatted(
                Json.time(window.end()).replace(":", ""),
                pane.getIndex(),
                pane.getTiming().name().toLowerCase(Locale.ROOT),
                Hashing.sha256().hashBytes(lines).toString().substring(0, 8));
    OutputFile file = result.inItsDirectory(name);
    ResourceId temporary = file.newTemporary();
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(temporary, MimeTypes.TEXT))) {
      out.write(lines);
    } catch (IOException e) {
      throw file.cannotWrite(e);
    }
    file.finish(temporary);
  }

  private static byte[] lines(Iterable<Row> rows) {
    List<Row> inOrder = new ArrayList<>();
    rows.forEach(inOrder::add);
    inOrder.sort(null);
    StringBuilder lines = new StringBuilder();
    inOrder.forEach(row -> lines.append(row.json()).append('\n'));
    return lines.toString().getBytes(UTF_8);
  }
}

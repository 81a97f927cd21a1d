package fortnight.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing;
import org.joda.time.Instant;

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
  public void write(@Element KV<String, Iterable<Row>> gathered) throws IOException {
    List<Row> rows = new ArrayList<>();
    gathered.getValue().forEach(rows::add);
    rows.sort(null);
    byte[] lines = lines(rows);
    Row first = rows.get(0);
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

  private static String name(Row first, byte[] lines) {
    String hash = Hashing.sha256().hashBytes(lines).toString().substring(0, 8);
    return first.timing().isEmpty()
        ? "%016d-%s.jsonl".formatted(first.position(), hash)
        : "%s-%s-%s.jsonl"
            .formatted(
                Json.time(Instant.ofEpochMilli(first.position())).replace(":", ""),
                first.timing(),
                hash);
  }

  private static byte[] lines(List<Row> rows) {
    StringBuilder lines = new StringBuilder();
    rows.forEach(row -> lines.append(row.json()).append('\n'));
    return lines.toString().getBytes(UTF_8);
  }
}

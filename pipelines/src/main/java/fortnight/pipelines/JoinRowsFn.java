package fortnight.pipelines;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;

/** Joins sorted groups to the whole file, and gives it its final name when it is complete. */
final class JoinRowsFn extends DoFn<KV<String, Iterable<SortedRows>>, Void> {
  private final Map<String, OutputFile> files;

  JoinRowsFn(Map<String, OutputFile> files) {
    this.files = files;
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<SortedRows>> groups) throws IOException {
    List<SortedRows> sorted = new ArrayList<>();
    groups.getValue().forEach(sorted::add);
    sorted.sort(Comparator.comparing(SortedRows::group));
    OutputFile file = files.get(groups.getKey());
    ResourceId temporary = file.newTemporary();
    try (OutputStream out =
        new BufferedOutputStream(
            Channels.newOutputStream(FileSystems.create(temporary, MimeTypes.TEXT)))) {
      for (SortedRows rows : sorted) {
        copy(rows, out);
      }
    }
    file.finish(temporary);
  }

  private static void copy(SortedRows rows, OutputStream out) throws IOException {
    if (rows.isHere()) {
      out.write(rows.lines().getBytes(StandardCharsets.UTF_8));
      return;
    }
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchNewResource(rows.path(), false)))) {
      in.transferTo(out);
    }
  }
}

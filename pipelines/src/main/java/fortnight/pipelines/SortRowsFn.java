package fortnight.pipelines;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;

/** Sorts the rows of a group; keeps few, and puts many into a temporary file. */
final class SortRowsFn extends DoFn<KV<RowGroup, Iterable<Row>>, KV<String, SortedRows>> {
  /** Up to so many rows are kept, some 20 kB: thousands of groups then still fit into memory. */
  private static final int FEW = 128;

  private final Map<String, OutputFile> files;

  SortRowsFn(Map<String, OutputFile> files) {
    this.files = files;
  }

  @ProcessElement
  public void process(
      @Element KV<RowGroup, Iterable<Row>> group, OutputReceiver<KV<String, SortedRows>> out)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    group.getValue().forEach(rows::add);
    rows.sort(null);
    String file = group.getKey().file();
    out.output(
        KV.of(file, rows.size() <= FEW ? here(group.getKey(), rows) : there(group.getKey(), rows)));
  }

  private static SortedRows here(RowGroup group, List<Row> rows) {
    StringBuilder lines = new StringBuilder();
    rows.forEach(row -> lines.append(row.json()).append('\n'));
    return SortedRows.here(group, lines.toString());
  }

  private SortedRows there(RowGroup group, List<Row> rows) throws IOException {
    ResourceId temporary = files.get(group.file()).newTemporary();
    try (Writer lines =
        new BufferedWriter(
            Channels.newWriter(
                FileSystems.create(temporary, MimeTypes.TEXT), StandardCharsets.UTF_8))) {
      for (Row row : rows) {
        lines.write(row.json());
        lines.write('\n');
      }
    }
    return SortedRows.in(group, temporary.toString());
  }
}

package fortnight.pipelines.files;

import fortnight.pipelines.rows.ResultRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Merges the sorted runs of a file into a temporary one; emits the file's key and the temporary
 * file, all under one key.
 */
final class MergeRowsFn
    extends DoFn<KV<String, Iterable<SortedRun>>, KV<Integer, KV<String, String>>> {
  private final Map<String, OutputFile> files;

  MergeRowsFn(Map<String, OutputFile> files) {
    this.files = files;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<SortedRun>> runs,
      OutputReceiver<KV<Integer, KV<String, String>>> out,
      PipelineOptions options) {
    OutputFile file = files.get(runs.getKey());
    ResourceId temporary = file.newTemporary();
    try {
      merge(runs.getValue(), temporary);
    } catch (IOException e) {
      throw file.cannotWrite(e, options);
    }
    out.output(KV.of(0, KV.of(runs.getKey(), temporary.toString())));
  }

  private static void merge(Iterable<SortedRun> runs, ResourceId path) throws IOException {
    List<SortedRun.RunFile> open = new ArrayList<>();
    try (Writer lines =
        new BufferedWriter(
            Channels.newWriter(FileSystems.create(path, MimeTypes.TEXT), StandardCharsets.UTF_8))) {
      PriorityQueue<Head> heads = new PriorityQueue<>();
      for (SortedRun run : runs) {
        add(heads, rows(run, open));
      }
      while (!heads.isEmpty()) {
        Head head = heads.remove();
        lines.write(head.row().json());
        lines.write('\n');
        add(heads, head.rest());
      }
    } finally {
      close(open);
    }
  }

  /** The next row of a run, and the run behind it. */
  private record Head(ResultRow row, Rows rest) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      return row.compareTo(other.row);
    }
  }

  @FunctionalInterface
  private interface Rows {
    /** The next row; null behind the last. */
    @Nullable ResultRow next() throws IOException;
  }

  private static void add(PriorityQueue<Head> heads, Rows rows) throws IOException {
    ResultRow next = rows.next();
    if (next != null) {
      heads.add(new Head(next, rows));
    }
  }

  private static Rows rows(SortedRun run, List<SortedRun.RunFile> open) throws IOException {
    if (run.isHere()) {
      Iterator<ResultRow> rows = run.rows().iterator();
      return () -> rows.hasNext() ? rows.next() : null;
    }
    SortedRun.RunFile file = SortedRun.RunFile.open(run.path());
    open.add(file);
    return file::next;
  }

  private static void close(List<SortedRun.RunFile> open) throws IOException {
    for (SortedRun.RunFile file : open) {
      file.close();
    }
  }
}

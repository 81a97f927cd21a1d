package fortnight.pipelines.files;

import fortnight.pipelines.files.FileOutput.ResultFile;
import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes bounded rows to files, one for each result, in the order of the rows.
 *
 * <p>An external merge sort: the rows of each bundle become {@linkplain SortedRun sorted runs}, and
 * the runs of a file are merged into a temporary file. When all temporary files are complete and
 * the input is unchanged, they replace the files of an earlier run. The file of a result without
 * rows is empty, except for a header.
 */
final class WriteSortedFiles extends PTransform<PCollection<ResultRow>, PDone> {
  private final Map<String, ResultFile> files;
  private final List<InputFile> inputs;

  WriteSortedFiles(FileOutput output) {
    this.files = new HashMap<>(output.files());
    this.inputs = new ArrayList<>(output.inputs());
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    Coder<KV<String, SortedRun>> coder = KvCoder.of(StringUtf8Coder.of(), SortedRun.coder());
    PCollection<KV<String, SortedRun>> runs =
        rows.apply("Sort", ParDo.of(new SortRowsFn(files))).setCoder(coder);
    PCollection<KV<String, SortedRun>> emptyRuns =
        rows.getPipeline()
            .apply("Empty runs", Create.of(List.of(emptyRuns())).withCoder(ListCoder.of(coder)))
            .apply("Each empty run", Flatten.iterables());
    PCollectionList.of(runs)
        .and(emptyRuns)
        .apply("All runs", Flatten.pCollections())
        .apply("Gather by file", GroupByKey.create())
        .apply("Merge", ParDo.of(new MergeRowsFn(files)))
        .apply("Gather files", GroupByKey.create())
        .apply("Name files", ParDo.of(new CommitFilesFn(files, inputs)));
    return PDone.in(rows.getPipeline());
  }

  /**
   * An empty run for each result, so that a result without rows is written. They are one element,
   * because Beam creates several elements with a source, which takes longer to start.
   */
  private List<KV<String, SortedRun>> emptyRuns() {
    return files.keySet().stream().sorted().map(title -> KV.of(title, SortedRun.EMPTY)).toList();
  }

  /** Sorts the rows of a bundle into runs, by result. Long runs are written to temporary files. */
  private static final class SortRowsFn extends DoFn<ResultRow, KV<String, SortedRun>> {
    /** Runs of up to this many characters are elements of the pipeline. */
    private static final long MAX_ELEMENT_SIZE = 1L << 20;

    /** The number of characters, approximately, from which rows in memory become a run. */
    private static final long MAX_MEMORY_SIZE = 1L << 25;

    /** The size of a row in memory beside its JSON, in characters. */
    private static final long ROW_OVERHEAD = 100;

    private final Map<String, ResultFile> files;

    private transient Map<String, Buffer> buffers;

    SortRowsFn(Map<String, ResultFile> files) {
      this.files = files;
    }

    private static final class Buffer {
      private final List<ResultRow> rows = new ArrayList<>();
      private long size;
    }

    @StartBundle
    public void startBundle() {
      buffers = new HashMap<>();
    }

    @ProcessElement
    public void process(
        @Element ResultRow row,
        OutputReceiver<KV<String, SortedRun>> out,
        PipelineOptions options) {
      Buffer buffer = buffers.computeIfAbsent(row.title(), title -> new Buffer());
      buffer.rows.add(row);
      buffer.size += row.size() + ROW_OVERHEAD;
      if (buffer.size >= MAX_MEMORY_SIZE) {
        buffers.remove(row.title());
        out.output(KV.of(row.title(), run(row.title(), buffer, options)));
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext out, PipelineOptions options) {
      buffers.forEach(
          (title, buffer) ->
              out.output(
                  KV.of(title, run(title, buffer, options)),
                  GlobalWindow.INSTANCE.maxTimestamp(),
                  GlobalWindow.INSTANCE));
      buffers = null;
    }

    private SortedRun run(String title, Buffer buffer, PipelineOptions options) {
      buffer.rows.sort(null);
      if (buffer.size <= MAX_ELEMENT_SIZE) {
        return SortedRun.inMemory(buffer.rows);
      }
      OutputFile file = files.get(title).file();
      try {
        return SortedRun.write(buffer.rows, file.newTemporary());
      } catch (IOException e) {
        throw file.cannotWrite(e, options);
      }
    }
  }

  /**
   * Merges the sorted runs of a result into a temporary file; emits the title and the path of the
   * file, all under one key.
   */
  private static final class MergeRowsFn
      extends DoFn<KV<String, Iterable<SortedRun>>, KV<Integer, KV<String, String>>> {
    private final Map<String, ResultFile> files;

    MergeRowsFn(Map<String, ResultFile> files) {
      this.files = files;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<SortedRun>> runs,
        OutputReceiver<KV<Integer, KV<String, String>>> out,
        PipelineOptions options) {
      ResultFile result = files.get(runs.getKey());
      OutputFile file = result.file();
      ResourceId temporary = file.newTemporary();
      try {
        SortedRun.merge(runs.getValue(), result.format(), temporary);
      } catch (IOException e) {
        throw file.cannotWrite(e, options);
      }
      out.output(KV.of(0, KV.of(runs.getKey(), temporary.toString())));
    }
  }
}

package fortnight.pipelines.files;

import fortnight.pipelines.rows.ResultRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Sorts the rows of a bundle, file by file, into runs; puts long runs into temporary files. */
final class SortRowsFn extends DoFn<ResultRow, KV<String, SortedRun>> {
  /** Runs of up to so many characters go through the pipeline themselves. */
  private static final long FEW = 1L << 20;

  /** Rows are sorted in memory until they are reckoned to have so many characters. */
  private static final long MANY = 1L << 25;

  /** What a row has beside its JSON, in characters. */
  private static final long OVERHEAD = 100;

  private final Map<String, OutputFile> files;

  private transient Map<String, Pending> pending;

  SortRowsFn(Map<String, OutputFile> files) {
    this.files = files;
  }

  private static final class Pending {
    private final List<ResultRow> rows = new ArrayList<>();
    private long size;
  }

  @StartBundle
  public void start() {
    pending = new HashMap<>();
  }

  @ProcessElement
  public void process(
      @Element ResultRow row, OutputReceiver<KV<String, SortedRun>> out, PipelineOptions options) {
    Pending ofFile = pending.computeIfAbsent(row.file(), file -> new Pending());
    ofFile.rows.add(row);
    ofFile.size += row.size() + OVERHEAD;
    if (ofFile.size >= MANY) {
      pending.remove(row.file());
      out.output(KV.of(row.file(), run(row.file(), ofFile, options)));
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext out, PipelineOptions options) {
    for (Map.Entry<String, Pending> entry : pending.entrySet()) {
      String file = entry.getKey();
      out.output(
          KV.of(file, run(file, entry.getValue(), options)),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
    pending = null;
  }

  private SortedRun run(String file, Pending ofFile, PipelineOptions options) {
    ofFile.rows.sort(null);
    if (ofFile.size <= FEW) {
      return SortedRun.here(ofFile.rows);
    }
    ResourceId path = files.get(file).newTemporary();
    try {
      SortedRun.RunFile.write(path, ofFile.rows);
    } catch (IOException e) {
      throw files.get(file).cannotWrite(e, options);
    }
    return SortedRun.in(path.toString());
  }
}

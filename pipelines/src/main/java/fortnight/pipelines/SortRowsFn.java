package fortnight.pipelines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Sorts the rows of a bundle, file by file, into runs; puts long runs into temporary files. */
final class SortRowsFn extends DoFn<Row, KV<String, SortedRun>> {
  /** Up to so many rows go through the pipeline themselves, about 1 MB. */
  private static final int FEW = 4_000;

  /** So many rows are sorted in memory at once, about 60 MB. */
  private static final int MANY = 200_000;

  private final Map<String, OutputFile> files;

  private transient Map<String, List<Row>> rows;

  SortRowsFn(Map<String, OutputFile> files) {
    this.files = files;
  }

  @StartBundle
  public void start() {
    rows = new HashMap<>();
  }

  @ProcessElement
  public void process(@Element Row row, OutputReceiver<KV<String, SortedRun>> out)
      throws IOException {
    List<Row> ofFile = rows.computeIfAbsent(row.file(), file -> new ArrayList<>());
    ofFile.add(row);
    if (ofFile.size() == MANY) {
      rows.remove(row.file());
      out.output(KV.of(row.file(), run(row.file(), ofFile)));
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext out) throws IOException {
    for (Map.Entry<String, List<Row>> entry : rows.entrySet()) {
      String file = entry.getKey();
      out.output(
          KV.of(file, run(file, entry.getValue())),
          GlobalWindow.INSTANCE.maxTimestamp(),
          GlobalWindow.INSTANCE);
    }
    rows = null;
  }

  private SortedRun run(String file, List<Row> ofFile) throws IOException {
    ofFile.sort(null);
    if (ofFile.size() <= FEW) {
      return SortedRun.here(ofFile);
    }
    ResourceId path = files.get(file).newTemporary();
    try {
      RunFile.write(path, ofFile);
    } catch (IOException e) {
      throw files.get(file).cannotWrite(e);
    }
    return SortedRun.in(path.toString());
  }
}

package fortnight.pipelines;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes bounded rows to files, one for each result, in the order of the rows.
 *
 * <p>An external merge sort: each bundle's rows become sorted runs wherever the runner likes, then
 * the runs of a file are merged under a temporary name, and the whole file takes its final name,
 * replacing the one of an earlier run. A result without rows is an empty file. Files appear when
 * all is read.
 */
final class WriteSortedFiles extends PTransform<PCollection<Row>, PDone> {
  private final Map<String, OutputFile> files;

  private WriteSortedFiles(Map<String, OutputFile> files) {
    this.files = new HashMap<>(files);
  }

  /** Writes each result to its file. */
  static WriteSortedFiles to(Map<String, OutputFile> files) {
    return new WriteSortedFiles(files);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    Coder<KV<String, SortedRun>> coder = KvCoder.of(StringUtf8Coder.of(), SortedRun.coder());
    PCollection<KV<String, SortedRun>> runs =
        rows.apply("Sort", ParDo.of(new SortRowsFn(files))).setCoder(coder);
    PCollection<KV<String, SortedRun>> emptyRuns =
        rows.getPipeline().apply("Empty runs", Create.of(emptyRuns()).withCoder(coder));
    PCollectionList.of(runs)
        .and(emptyRuns)
        .apply("All runs", Flatten.pCollections())
        .apply("Gather by file", GroupByKey.create())
        .apply("Merge", ParDo.of(new MergeRowsFn(files)));
    return PDone.in(rows.getPipeline());
  }

  /** So that a result without rows has its file, too. */
  private List<KV<String, SortedRun>> emptyRuns() {
    return files.keySet().stream().sorted().map(file -> KV.of(file, SortedRun.EMPTY)).toList();
  }
}

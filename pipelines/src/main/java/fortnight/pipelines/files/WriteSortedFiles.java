package fortnight.pipelines.files;

import fortnight.pipelines.rows.ResultRow;
import java.util.ArrayList;
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
 * the runs of a file are merged under a temporary name. When all files are complete and the input
 * is still what it was at the start, they take their final names, one right after the other,
 * replacing those of an earlier run. A result without rows is an empty file.
 */
final class WriteSortedFiles extends PTransform<PCollection<ResultRow>, PDone> {
  private final Map<String, OutputFile> files;
  private final List<InputFile> input;

  private WriteSortedFiles(Map<String, OutputFile> files, List<InputFile> input) {
    this.files = new HashMap<>(files);
    this.input = new ArrayList<>(input);
  }

  /** Writes each result to its file. */
  static WriteSortedFiles to(Map<String, OutputFile> files) {
    return new WriteSortedFiles(files, List.of());
  }

  /** The same; the run fails, and no file takes its name, if one of the inputs has changed. */
  WriteSortedFiles ifUnchanged(List<InputFile> inputFiles) {
    return new WriteSortedFiles(files, inputFiles);
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    Coder<KV<String, SortedRun>> coder = KvCoder.of(StringUtf8Coder.of(), SortedRun.coder());
    PCollection<KV<String, SortedRun>> runs =
        rows.apply("Sort", ParDo.of(new SortRowsFn(files))).setCoder(coder);
    PCollection<KV<String, SortedRun>> emptyRuns =
        rows.getPipeline().apply("Empty runs", Create.of(emptyRuns()).withCoder(coder));
    PCollectionList.of(runs)
        .and(emptyRuns)
        .apply("All runs", Flatten.pCollections())
        .apply("Gather by file", GroupByKey.create())
        .apply("Merge", ParDo.of(new MergeRowsFn(files)))
        .apply("Gather files", GroupByKey.create())
        .apply("Name files", ParDo.of(new NameFilesFn(files, input)));
    return PDone.in(rows.getPipeline());
  }

  /** So that a result without rows has its file, too. */
  private List<KV<String, SortedRun>> emptyRuns() {
    return files.keySet().stream().sorted().map(file -> KV.of(file, SortedRun.EMPTY)).toList();
  }
}

package fortnight.pipelines;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Writes rows to files, one for each result, in the order of the rows.
 *
 * <p>Rows are sorted group by group, in memory, wherever the runner likes; then the sorted groups
 * are joined under a temporary name, and the whole file takes its final name, replacing the one of
 * an earlier run. A result without rows is an empty file. Bounded input only: files appear when all
 * is read.
 */
final class WriteRows extends PTransform<PCollection<Row>, PDone> {
  /** The result that rejected records go to. */
  static final String DEAD_LETTERS = "dead-letters";

  private final Map<String, OutputFile> files;

  private WriteRows(Map<String, OutputFile> files) {
    this.files = new HashMap<>(files);
  }

  /** Writes each result to its file. */
  static WriteRows to(Map<String, OutputFile> files) {
    return new WriteRows(files);
  }

  @Override
  public PDone expand(PCollection<Row> rows) {
    PCollection<KV<String, SortedRows>> sorted =
        rows.apply("Group", WithKeys.of(Row::group).withKeyType(TypeDescriptor.of(RowGroup.class)))
            .setCoder(KvCoder.of(RowGroup.coder(), Row.coder()))
            .apply("Gather groups", GroupByKey.create())
            .apply("Sort", ParDo.of(new SortRowsFn(files)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), SortedRows.coder()));
    PCollection<KV<String, SortedRows>> nothing =
        rows.getPipeline()
            .apply(
                "Nothing",
                Create.of(noRows())
                    .withCoder(KvCoder.of(StringUtf8Coder.of(), SortedRows.coder())));
    PCollectionList.of(sorted)
        .and(nothing)
        .apply("Sorted rows", Flatten.pCollections())
        .apply("Gather files", GroupByKey.create())
        .apply("Join", ParDo.of(new JoinRowsFn(files)));
    return PDone.in(rows.getPipeline());
  }

  /** So that a result without rows gets its file, too. */
  private List<KV<String, SortedRows>> noRows() {
    return files.keySet().stream()
        .sorted()
        .map(file -> KV.of(file, SortedRows.none(file)))
        .toList();
  }
}

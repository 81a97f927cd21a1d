package fortnight.pipelines.jdbc;

import fortnight.pipelines.rows.ResultRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes rows to tables. A stream upserts each bundle. A bounded run writes to staging tables; when
 * all rows are there, one step moves them in one database transaction, so that readers see the rows
 * of the run before, or all of this one.
 */
final class WriteTables extends PTransform<PCollection<ResultRow>, PDone> {
  private static final Coder<KV<Integer, Integer>> BUNDLES =
      KvCoder.of(VarIntCoder.of(), VarIntCoder.of());

  private final TableOutput output;

  WriteTables(TableOutput output) {
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    PCollection<KV<Integer, Integer>> bundles =
        rows.apply(
                "To tables",
                ParDo.of(new UpsertRowsFn(output.database(), output.tables(), targets())))
            .setCoder(BUNDLES);
    if (output.replacement() != null) {
      // A run without rows deletes those of the run before, too.
      PCollection<KV<Integer, Integer>> noRows =
          rows.getPipeline().apply("No rows", Create.of(KV.of(0, 0)).withCoder(BUNDLES));
      PCollectionList.of(bundles)
          .and(noRows)
          .apply("All bundles", Flatten.pCollections())
          .apply("Gather bundles", GroupByKey.create())
          .apply("Replace rows", ParDo.of(new ReplaceRowsFn(output)));
    }
    return PDone.in(rows.getPipeline());
  }

  /** The names in SQL of the tables that bundles are written to, by title. */
  private Map<String, String> targets() {
    Replacement replacement = output.replacement();
    return output.tables().values().stream()
        .collect(
            Collectors.toMap(
                ResultTable::title,
                table -> replacement == null ? table.sql() : replacement.staging(table)));
  }

  /** Moves the rows of all staging tables to the tables; once, even if it is repeated. */
  private static final class ReplaceRowsFn extends DoFn<KV<Integer, Iterable<Integer>>, Void> {
    /** For millions of rows. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofHours(1);

    private final Database database;
    private final Replacement replacement;
    private final List<ResultTable> tables;

    ReplaceRowsFn(TableOutput output) {
      database = output.database();
      replacement = output.replacement();
      tables = new ArrayList<>(new TreeMap<>(output.tables()).values());
    }

    @ProcessElement
    public void process() {
      try (DatabaseSession session = new DatabaseSession(database, RESPONSE_TIMEOUT)) {
        session.transaction(connection -> replacement.commit(connection, tables));
      }
    }
  }
}

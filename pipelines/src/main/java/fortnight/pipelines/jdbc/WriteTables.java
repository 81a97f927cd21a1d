package fortnight.pipelines.jdbc;

import fortnight.common.jdbc.Database;
import fortnight.pipelines.rows.ResultRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Iterables;

/**
 * Writes rows to tables. A stream upserts each bundle. A bounded run writes to staging tables; when
 * all rows are there, one step moves them in one database transaction, so that readers see the rows
 * of the run before, or all of this one.
 */
final class WriteTables extends PTransform<PCollection<ResultRow>, PDone> {
  private static final Coder<KV<Integer, Boolean>> BUNDLES =
      KvCoder.of(VarIntCoder.of(), BooleanCoder.of());

  private final TableOutput output;

  WriteTables(TableOutput output) {
    this.output = output;
  }

  @Override
  public PDone expand(PCollection<ResultRow> rows) {
    PCollection<KV<Integer, Boolean>> bundles =
        rows.apply(
                "To tables",
                ParDo.of(new UpsertRowsFn(output.database(), output.tables(), targets())))
            .setCoder(BUNDLES);
    if (output.replacement() != null) {
      bundles
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

  /**
   * Moves the rows of all staging tables to the tables; once, even if it is repeated. If there are
   * no rows of analyses, for example because of a wrong format, those of the run before remain.
   */
  private static final class ReplaceRowsFn extends DoFn<KV<Integer, Iterable<Boolean>>, Void> {
    /** For millions of rows. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofHours(1);

    private final Database database;
    private final Replacement replacement;
    private final List<ResultTable> tables;

    ReplaceRowsFn(TableOutput output) {
      database = output.database();
      replacement = output.replacement();
      tables = new ArrayList<>(output.tables().values());
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Boolean>> bundles) {
      boolean hasResults = Iterables.contains(bundles.getValue(), true);
      try (DatabaseSession session = new DatabaseSession(database, RESPONSE_TIMEOUT)) {
        session.transaction(connection -> replacement.commit(connection, tables, hasResults));
      }
    }
  }
}

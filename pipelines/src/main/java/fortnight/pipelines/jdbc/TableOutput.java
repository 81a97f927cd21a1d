package fortnight.pipelines.jdbc;

import fortnight.common.cli.CommandException;
import fortnight.common.jdbc.Database;
import fortnight.common.jdbc.DatabaseAddress;
import fortnight.common.jdbc.TableNames;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.rows.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables of one schema of a database.
 *
 * @param tables the tables, by the title of the result
 * @param replacement how a bounded run replaces rows; null for a stream
 */
public record TableOutput(
    Database database, Map<String, ResultTable> tables, @Nullable Replacement replacement)
    implements Output {
  private static final Logger LOG = LoggerFactory.getLogger(TableOutput.class);

  private static final Duration CLEAN_UP_TIMEOUT = Duration.ofSeconds(8);

  /** The output of a stream. */
  public static TableOutput ofStream(Database database, Collection<RowSchema> schemas) {
    Map<String, ResultTable> tables = new TreeMap<>();
    for (RowSchema rows : schemas) {
      tables.put(rows.title(), ResultTable.of(rows, database.address().schema()));
    }
    return new TableOutput(database, tables, null);
  }

  /** Replaces the rows of a range of event times. */
  public TableOutput replacing(String runId, Instant from, Instant until) {
    return new TableOutput(database, tables, Replacement.of(runId, from, until));
  }

  @Override
  public Set<String> titles() {
    return tables.keySet();
  }

  @Override
  public String location(String title) {
    return location(database.address(), title);
  }

  /** The table of a result, for messages. */
  public static String location(DatabaseAddress address, String title) {
    return "%s.%s in %s".formatted(address.schema(), TableNames.nameOf(title), address);
  }

  @Override
  public PTransform<PCollection<ResultRow>, PDone> write() {
    return new WriteTables(this);
  }

  /** Joins tables of the same database, so that one transaction replaces the rows of all. */
  @Override
  public Optional<Output> with(Output other) {
    if (other instanceof TableOutput more && more.database.equals(database)) {
      Map<String, ResultTable> all = new TreeMap<>(tables);
      all.putAll(more.tables);
      return Optional.of(new TableOutput(database, all, replacement));
    }
    return Optional.empty();
  }

  @Override
  public void check() {
    TableChecks.check(this);
  }

  @Override
  public void prepare() {
    if (replacement != null) {
      dropLeftovers();
      database.inTransaction(connection -> replacement.createStaging(connection, tables.values()));
    }
  }

  private void dropLeftovers() {
    try (Connection connection = database.connect(CLEAN_UP_TIMEOUT)) {
      Replacement.dropLeftovers(connection, tables.values().iterator().next());
      connection.commit();
    } catch (SQLException | CommandException e) {
      LOG.debug("The next run drops them", e);
    }
  }

  @Override
  public void cleanUp() {
    if (replacement != null) {
      try (Connection connection = database.connect(CLEAN_UP_TIMEOUT)) {
        replacement.dropStaging(connection, tables.values());
        connection.commit();
      } catch (SQLException | CommandException e) {
        LOG.debug("The next run drops the staging tables", e);
      }
    }
  }
}

package fortnight.pipelines;

import fortnight.common.cli.CliCommand;
import fortnight.common.cli.CommandException;
import fortnight.common.process.ParentWatch;
import fortnight.pipelines.io.Output;
import fortnight.pipelines.options.BeamArguments;
import fortnight.pipelines.options.Help;
import fortnight.pipelines.options.RetailConfig;
import fortnight.pipelines.rows.DeadLetterRow;
import fortnight.pipelines.rows.MeasureVolumes;
import fortnight.pipelines.rows.ResultRow;
import fortnight.pipelines.run.PipelineRun;
import fortnight.pipelines.runner.RunnerSupport;
import fortnight.transforms.PayloadBatch;
import fortnight.transforms.Transaction;
import fortnight.transforms.duplicates.DropDuplicates;
import fortnight.transforms.parse.ParseTransactions;
import fortnight.transforms.parse.ParsedTransactions;
import fortnight.transforms.volumes.ComparisonWindows;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the transactions of a shop in each period with those of the period before. */
public final class RetailAnalytics {
  private static final Logger LOG = LoggerFactory.getLogger(RetailAnalytics.class);

  private RetailAnalytics() {}

  public static void main(String[] args) {
    // fortnight-spark.jar is started with this class, on its own or as a child of fortnight.jar.
    ParentWatch.start();
    int status = run(args);
    if (!RunnerSupport.isInsideFlink()) {
      System.exit(status);
    } else if (status != CommandException.DONE) {
      throw new IllegalStateException("exit status " + status + ", for the reason above");
    }
  }

  /** Runs the pipeline with the flags in the arguments; returns the exit status. */
  public static int run(String... args) {
    if (BeamArguments.asksForHelp(args)) {
      System.out.print(Help.text());
      return CommandException.DONE;
    }
    try {
      RetailConfig config = RetailConfig.parse(args);
      PipelineRun.of(config).execute(pipeline -> build(pipeline, config));
      return CommandException.DONE;
    } catch (CommandException e) {
      return CliCommand.report(e, System.err);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.debug("Unexpected", e);
      return CliCommand.reportUnexpected(e, System.err);
    }
  }

  /** Adds the graph to a pipeline. Requests the partitions of an input topic from the brokers. */
  public static void build(Pipeline pipeline, RetailConfig config) {
    build(pipeline.apply("Read transactions", config.input().read()), config);
  }

  static void build(PCollection<PayloadBatch> payloads, RetailConfig config) {
    ParsedTransactions parsed =
        payloads.apply(
            "Parse transactions",
            ParseTransactions.fromBatches()
                .withFormat(config.format())
                .withSchemas(config.input().schemas())
                .withTimeZone(config.timeZone())
                .withEventTimesIn(config.from(), config.until())
                .withMaxFutureSkew(config.input().maxFutureSkew()));

    PCollection<ResultRow> rows =
        withoutDuplicates(parsed.transactions(), config)
            .apply(
                "Measure volumes",
                MeasureVolumes.by(config.windows(), config.analyses())
                    .withFormat(config.format())
                    .withOutlierLimits(config.outlierLimits()));

    PCollection<ResultRow> letters =
        parsed
            .deadLetters()
            .apply(
                "Format dead letters",
                MapElements.into(TypeDescriptor.of(ResultRow.class)).via(DeadLetterRow::new))
            .setCoder(ResultRow.coder());

    Optional<Output> commonOutput = config.commonOutput();
    if (commonOutput.isPresent()) {
      PCollectionList.of(rows)
          .and(letters)
          .apply("All rows", Flatten.pCollections())
          .apply("Write all rows", commonOutput.get().write());
    } else {
      rows.apply("Write rows", config.results().write());
      letters.apply("Write dead letters", config.rejected().write());
    }
  }

  /** In a stream an id is kept for as long as a duplicate could still be counted. */
  private static PCollection<Transaction> withoutDuplicates(
      PCollection<Transaction> transactions, RetailConfig config) {
    ComparisonWindows windows = config.windows();
    return config
        .dropDuplicatesWithin()
        .map(
            within ->
                transactions.apply(
                    "Drop duplicates",
                    DropDuplicates.within(within).keepingFor(windows.longestUse())))
        .orElse(transactions);
  }
}

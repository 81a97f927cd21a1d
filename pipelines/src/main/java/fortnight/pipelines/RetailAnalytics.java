package fortnight.pipelines;

import fortnight.transforms.PayloadBatch;
import fortnight.transforms.parse.ParseTransactions;
import fortnight.transforms.parse.ParsedTransactions;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.kafka.common.KafkaException;

/** Compares what a shop sells in one period with what it sold in the period before. */
public final class RetailAnalytics {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_FLAGS = 2;

  private RetailAnalytics() {}

  public static void main(String[] args) {
    int status = run(args);
    if (!Guest.isOfFlink()) {
      System.exit(status);
    } else if (status != DONE) {
      throw new IllegalStateException("exit status " + status + ", for the reason above");
    }
  }

  /** Runs the pipeline that the arguments ask for; returns its exit status. */
  public static int run(String... args) {
    if (CommandLine.asksForHelp(args)) {
      System.out.print(Help.text());
      return DONE;
    }
    try {
      RetailFlags flags = RetailFlags.parse(args);
      Run run = new Run(flags);
      run.checkRunner();
      Preflight.check(flags);
      Optional<RunCounts> counts = runToEnd(run, flags);
      if (counts.isPresent()) {
        System.out.print(RunTable.of(flags, counts.get(), run.seconds()));
        System.out.print(WriteReport.ifAskedFor(flags));
        Verdict.on(flags, counts.get());
      } else if (flags.report().isPresent()) {
        System.err.println("No report is made: nobody waits here for the job's end.");
      }
      return DONE;
    } catch (KafkaUnusable e) {
      System.err.println("fortnight: " + e.getMessage());
      return FAILED;
    } catch (KafkaException e) {
      System.err.println("fortnight: " + Causes.sentence(e));
      return FAILED;
    } catch (RunFailed e) {
      System.err.println("fortnight: " + e.getMessage());
      return FAILED;
    } catch (WrongFlags e) {
      System.err.println(e.getMessage());
      System.err.println("See --help.");
      return WRONG_FLAGS;
    }
  }

  /** The state, if any is kept, is this process's until the run's end. */
  private static Optional<RunCounts> runToEnd(Run run, RetailFlags flags)
      throws RunFailed, WrongFlags {
    StateDirectory state = StateFlags.open(flags);
    try {
      Pipeline pipeline = Pipeline.create(flags.options());
      build(pipeline, flags);
      return run.toEnd(pipeline);
    } finally {
      if (state != null) {
        state.close();
      }
    }
  }

  /** Of a topic the brokers are asked for its partitions, here and now. */
  static void build(Pipeline pipeline, RetailFlags flags) {
    PCollection<PayloadBatch> payloads =
        pipeline.apply("Read transactions", ReadTransactions.from(flags.input()));

    build(payloads, flags);
  }

  static void build(PCollection<PayloadBatch> payloads, RetailFlags flags) {
    ParsedTransactions parsed =
        payloads.apply(
            "Parse transactions",
            ParseTransactions.fromBatches()
                .withTimeZone(flags.timeZone())
                .withEventTimesIn(flags.from(), flags.until())
                .withMaxFutureSkew(flags.maxFutureSkew()));

    PCollection<Row> rows =
        parsed
            .transactions()
            .apply(
                "Drop duplicates",
                DropDuplicatesIfAsked.within(flags.dropDuplicatesWithin(), flags.windows()))
            .apply("Measure volumes", MeasureVolumes.by(flags.windows(), flags.analyses()));

    PCollection<Row> letters =
        parsed
            .deadLetters()
            .apply(
                "Format dead letters",
                MapElements.into(TypeDescriptor.of(Row.class)).via(DeadLetterRow::new))
            .setCoder(Row.coder());

    Optional<FileOutput> files = flags.filesOfOneRun();
    if (files.isPresent()) {
      PCollectionList.of(rows)
          .and(letters)
          .apply("All rows", Flatten.pCollections())
          .apply("Write files", WriteRows.to(files.get(), flags.input()));
    } else {
      rows.apply("Write rows", WriteRows.to(flags.results(), flags.input()));
      letters.apply("Write dead letters", WriteRows.to(flags.rejected(), flags.input()));
    }
  }
}

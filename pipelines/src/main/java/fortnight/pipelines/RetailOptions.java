package fortnight.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The pipeline's flags as they are written; {@link RetailFlags} says what they mean. */
public interface RetailOptions extends PipelineOptions {
  @Description(
      "What to read: a path, a glob, on any file system that Beam knows. .gz, .bz2, .zst too.")
  @Default.String("testdata/sample/transactions.jsonl.gz")
  @Example("--input='sales/2022-*.jsonl.gz'")
  String getInput();

  void setInput(String value);

  @Description("The directory for the result files, one for each analysis.")
  @Default.String("out")
  @Example("--output=/data/results")
  String getOutput();

  void setOutput(String value);

  @Description("The file for rejected records. Unless given: OUTPUT/dead-letters.jsonl")
  @Example("--deadLetters=/data/rejected.jsonl")
  @Nullable String getDeadLetters();

  void setDeadLetters(@Nullable String value);

  @Description("Which analyses to make, separated by commas.")
  @Default.String("weekly-volume,volume-change,product-volume,product-volume-change")
  @Example("--analyses=weekly-volume,volume-change")
  String getAnalyses();

  void setAnalyses(String value);

  @Description(
      "The length of time that is compared with the one before it: 7d, 12h, 15m, or ISO-8601.")
  @Default.String("7d")
  @Example("--period=P1D")
  String getPeriod();

  void setPeriod(String value);

  @Description("How often the comparison moves on; divides the period. Unless given: the period.")
  @Example("--every=1d")
  @Nullable String getEvery();

  void setEvery(@Nullable String value);

  @Description("Windows are aligned to midnight of this weekday.")
  @Default.String("MONDAY")
  @Example("--weekStart=SUNDAY")
  String getWeekStart();

  void setWeekStart(String value);

  @Description("Timestamps with Z or an offset are turned to this zone's wall clock.")
  @Default.String("UTC")
  @Example("--timeZone=Europe/Berlin")
  String getTimeZone();

  void setTimeZone(String value);

  @Description("The first event time that counts. Unless given: the earliest.")
  @Example("--from=2022-01-01")
  @Nullable String getFrom();

  void setFrom(@Nullable String value);

  @Description(
      "The first event time that no longer counts; 'now' is the clock at start. Unless given: none.")
  @Example("--until=2023-01-01T00:00:00")
  @Nullable String getUntil();

  void setUntil(@Nullable String value);

  @Description(
      "Past so many rejected records, a count or a percentage of those read, the exit status is 1.")
  @Default.String("100%")
  @Example("--maxRejected=0.1%")
  String getMaxRejected();

  void setMaxRejected(String value);
}

package fortnight.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The pipeline's flags as they are written; {@link RetailFlags} says what they mean. */
public interface RetailOptions extends PipelineOptions {
  @Description(
      "What to read: a path, a glob, on any file system that Beam knows, .gz, .bz2, .zst too;"
          + " or kafka://HOST:PORT/TOPIC.")
  @Default.String("testdata/sample/transactions.jsonl.gz")
  @Example("--input='sales/2022-*.jsonl.gz'")
  String getInput();

  void setInput(String value);

  @Description(
      "The directory for the result files, one for each analysis; or kafka://HOST:PORT/PREFIX, a"
          + " topic for each.")
  @Default.String("out")
  @Example("--output=/data/results")
  String getOutput();

  void setOutput(String value);

  @Description(
      "The file or topic for rejected records. Unless given: OUTPUT/dead-letters.jsonl, or the topic"
          + " PREFIX + dead-letters")
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
      "The first event time that no longer counts; 'now' is the clock at start. A topic is then"
          + " read to where it ends at start. Unless given: none.")
  @Example("--until=2023-01-01T00:00:00")
  @Nullable String getUntil();

  void setUntil(@Nullable String value);

  @Description(
      "Past so many rejected records, a count or a percentage of those read, the exit status is 1.")
  @Default.String("100%")
  @Example("--maxRejected=0.1%")
  String getMaxRejected();

  void setMaxRejected(String value);

  @Description("Topics: how far the watermark stays behind the newest event time of a partition.")
  @Default.String("1h")
  @Example("--outOfOrderness=10m")
  String getOutOfOrderness();

  void setOutOfOrderness(String value);

  @Description("Topics: how long after the watermark what comes still corrects results.")
  @Default.String("7d")
  @Example("--allowedLateness=14d")
  String getAllowedLateness();

  void setAllowedLateness(String value);

  @Description("Topics: speculative rows of open windows, this often. Unless given: none.")
  @Example("--earlyEvery=10s")
  @Nullable String getEarlyEvery();

  void setEarlyEvery(@Nullable String value);

  @Description("Topics: a partition without records for so long holds the others back no more.")
  @Default.String("1m")
  @Example("--idleAfter=30s")
  String getIdleAfter();

  void setIdleAfter(String value);

  @Description("Topics: what is dated further ahead of the clock is rejected.")
  @Default.String("1d")
  @Example("--maxFutureSkew=1h")
  String getMaxFutureSkew();

  void setMaxFutureSkew(String value);

  @Description(
      "Topics: whether the run fails when retention has deleted records that were not read yet;"
          + " with false it counts the lost offsets and continues.")
  @Default.String("true")
  @Example("--failOnDataLoss=false")
  String getFailOnDataLoss();

  void setFailOnDataLoss(String value);

  @Description(
      "Of transactions with one id within this event time only the first counts. Unless given: all.")
  @Example("--dropDuplicatesWithin=1h")
  @Nullable String getDropDuplicatesWithin();

  void setDropDuplicatesWithin(@Nullable String value);

  @Description(
      "A page with plots of the results, one HTML file that needs no network; of runs that end, and"
          + " write files. Unless given: none.")
  @Example("--report=report.html")
  @Nullable String getReport();

  void setReport(@Nullable String value);

  @Description(
      "What the report calls items: a file of {\"item_id\": …, \"name\": …}, one a line, as the"
          + " simulator writes it.")
  @Example("--catalog=catalog.jsonl")
  @Nullable String getCatalog();

  void setCatalog(@Nullable String value);

  @Description(
      "Streams on an embedded Flink: the directory for checkpoints, from which the next start with"
          + " the same flags resumes. Unless given: the topic is read from its beginning.")
  @Example("--stateDirectory=state")
  @Nullable String getStateDirectory();

  void setStateDirectory(@Nullable String value);

  @Description("A properties file with settings for Kafka clients: SASL, TLS, and so on.")
  @Example("--kafkaConfig=/etc/fortnight/kafka.properties")
  @Nullable String getKafkaConfig();

  void setKafkaConfig(@Nullable String value);
}

package fortnight.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The flags of the pipeline as text; {@link RetailConfig} is their meaning. */
public interface RetailOptions extends PipelineOptions {
  /** The default of {@code --input}. */
  String SAMPLE = "testdata/sample/transactions.jsonl.gz";

  @Description(
      "What to read: a path, a glob, a pipe, or - for standard input, also compressed with gzip,"
          + " bzip2 or zstd, on any file system that Beam supports; or kafka://HOST:PORT/TOPIC.")
  @Default.String(SAMPLE)
  @Help.Example(group = Help.Group.INPUT, order = 0, value = "--input='sales/2022-*.jsonl.gz'")
  String getInput();

  void setInput(String value);

  @Description(
      "Where the fields are in a record: fortnight, shopify, square, stripe, segment, ga4, uci, a"
          + " YAML file, or keys and values separated by commas, which can follow such a name.")
  @Default.String("fortnight")
  @Help.Example(
      group = Help.Group.INPUT,
      order = 0,
      value = "--format='id=order_id,time=ts,item=lines[].sku,quantity=lines[].qty'")
  String getFormat();

  void setFormat(String value);

  @Description(
      "The directory for the result files, one for each analysis; or kafka://HOST:PORT/PREFIX, a"
          + " topic for each; or postgresql://HOST:PORT/DATABASE[?schema=NAME], a table for each.")
  @Default.String("out")
  @Help.Example(group = Help.Group.OUTPUT, order = 0, value = "--output=/data/results")
  String getOutput();

  void setOutput(String value);

  @Description(
      "The format of result files: json, one object per line, or csv, with a header. Dead letters"
          + " are always json.")
  @Default.String("json")
  @Help.Example(group = Help.Group.OUTPUT, value = "--outputFormat=csv")
  String getOutputFormat();

  void setOutputFormat(String value);

  @Description(
      "The messages of result topics: none, rows as JSON, or connect, rows with their schema for"
          + " Kafka Connect's JsonConverter. Dead letters are always without schema.")
  @Default.String("none")
  @Help.Example(group = Help.Group.OUTPUT, value = "--rowEnvelope=connect")
  String getRowEnvelope();

  void setRowEnvelope(String value);

  @Description(
      "The file, topic or database for rejected records. Default: OUTPUT/dead-letters.jsonl, the"
          + " topic PREFIX + dead-letters, or the table dead_letters.")
  @Help.Example(group = Help.Group.OUTPUT, value = "--deadLetters=/data/rejected.jsonl")
  @Nullable String getDeadLetters();

  void setDeadLetters(@Nullable String value);

  @Description(
      "A properties file with settings of the PostgreSQL driver: user, password, sslmode, and so"
          + " on.")
  @Help.Example(group = Help.Group.OUTPUT, value = "--jdbcConfig=/etc/fortnight/jdbc.properties")
  @Nullable String getJdbcConfig();

  void setJdbcConfig(@Nullable String value);

  @Description(
      "Which analyses to compute, separated by commas. all: those for which the format has the"
          + " fields, except weekly-customers, customer-change and outliers.")
  @Default.String("all")
  @Help.Example(group = Help.Group.OUTPUT, value = "--analyses=all,outliers")
  String getAnalyses();

  void setAnalyses(String value);

  @Description("A change is an outlier if its ratio is at least this.")
  @Default.String("7")
  @Help.Example(group = Help.Group.OUTPUT, value = "--outlierAbove=3")
  String getOutlierAbove();

  void setOutlierAbove(String value);

  @Description("A change is an outlier if its ratio is at most this.")
  @Default.String("0.15")
  @Help.Example(group = Help.Group.OUTPUT, value = "--outlierBelow=0.3")
  String getOutlierBelow();

  void setOutlierBelow(String value);

  @Description(
      "The larger of the two amounts of an outlier is at least this, in whole units or in money.")
  @Default.String("0")
  @Help.Example(group = Help.Group.OUTPUT, value = "--outlierMinimum=100")
  String getOutlierMinimum();

  void setOutlierMinimum(String value);

  @Description(
      "The length of the periods that are compared: 7d, 12h, 15m, or ISO 8601; or of the calendar:"
          + " 1mo, 3mo, 1y.")
  @Default.String("7d")
  @Help.Example(group = Help.Group.TIME, order = 0, value = "--period=P1D")
  String getPeriod();

  void setPeriod(String value);

  @Description(
      "How often the comparison is made; divides the period. Not for periods of the calendar."
          + " Default: the period.")
  @Help.Example(group = Help.Group.TIME, value = "--every=1d")
  @Nullable String getEvery();

  void setEvery(@Nullable String value);

  @Description(
      "How much earlier the previous period begins: 364d for the same week of last year, 12mo for"
          + " the same month. Default: the period.")
  @Help.Example(group = Help.Group.TIME, value = "--against=364d")
  @Nullable String getAgainst();

  void setAgainst(@Nullable String value);

  @Description("Windows are aligned to midnight of this weekday.")
  @Default.String("MONDAY")
  @Help.Example(group = Help.Group.TIME, value = "--weekStart=SUNDAY")
  String getWeekStart();

  void setWeekStart(String value);

  @Description("Timestamps with an offset are converted to this time zone.")
  @Default.String("UTC")
  @Help.Example(group = Help.Group.TIME, value = "--timeZone=Europe/Berlin")
  String getTimeZone();

  void setTimeZone(String value);

  @Description("The first event time that counts. Default: the earliest.")
  @Help.Example(group = Help.Group.INPUT, value = "--from=2022-01-01")
  @Nullable String getFrom();

  void setFrom(@Nullable String value);

  @Description(
      "The first event time that no longer counts; 'now' is the clock at the start. A topic is then"
          + " read up to its end at the start. Default: none.")
  @Help.Example(group = Help.Group.INPUT, value = "--until=2023-01-01T00:00:00")
  @Nullable String getUntil();

  void setUntil(@Nullable String value);

  @Description(
      "With more rejected records than this count, or percentage of those read, the exit status is"
          + " 1.")
  @Default.String("100%")
  @Help.Example(group = Help.Group.INPUT, value = "--maxRejected=0.1%")
  String getMaxRejected();

  void setMaxRejected(String value);

  @Description("How far the watermark is behind the newest event time of a partition.")
  @Default.String("1h")
  @Help.Example(group = Help.Group.STREAMS, value = "--outOfOrderness=10m")
  String getOutOfOrderness();

  void setOutOfOrderness(String value);

  @Description("How long after the watermark passed a window late records still correct its rows.")
  @Default.String("7d")
  @Help.Example(group = Help.Group.STREAMS, value = "--allowedLateness=14d")
  String getAllowedLateness();

  void setAllowedLateness(String value);

  @Description("The interval of speculative rows of open windows. Default: none.")
  @Help.Example(group = Help.Group.STREAMS, value = "--earlyEvery=10s")
  @Nullable String getEarlyEvery();

  void setEarlyEvery(@Nullable String value);

  @Description(
      "A partition is idle, and no longer holds back the watermark, after this time without"
          + " records.")
  @Default.String("1m")
  @Help.Example(group = Help.Group.STREAMS, value = "--idleAfter=30s")
  String getIdleAfter();

  void setIdleAfter(String value);

  @Description("Event times further ahead of the clock are rejected.")
  @Default.String("1d")
  @Help.Example(group = Help.Group.STREAMS, value = "--maxFutureSkew=1h")
  String getMaxFutureSkew();

  void setMaxFutureSkew(String value);

  @Description(
      "Whether the run fails when retention has deleted records that were not read yet;"
          + " with false it counts the lost offsets and continues.")
  @Default.String("true")
  @Help.Example(group = Help.Group.STREAMS, value = "--failOnDataLoss=false")
  String getFailOnDataLoss();

  void setFailOnDataLoss(String value);

  @Description(
      "Counts only the first of the transactions with the same id within this event time. Default:"
          + " all.")
  @Help.Example(group = Help.Group.INPUT, value = "--dropDuplicatesWithin=1h")
  @Nullable String getDropDuplicatesWithin();

  void setDropDuplicatesWithin(@Nullable String value);

  @Description(
      "A page with plots of the results, one HTML file that needs no network; for bounded runs that"
          + " write files. Default: none.")
  @Help.Example(group = Help.Group.OUTPUT, value = "--report=report.html")
  @Nullable String getReport();

  void setReport(@Nullable String value);

  @Description(
      "The names of items in the report: a file of {\"item_id\": …, \"name\": …}, one per line,"
          + " as the simulator writes it.")
  @Help.Example(group = Help.Group.OUTPUT, value = "--catalog=catalog.jsonl")
  @Nullable String getCatalog();

  void setCatalog(@Nullable String value);

  @Description(
      "On an embedded Flink: the directory for checkpoints, from which the next start with the same"
          + " flags resumes. Default: the topic is read from its beginning.")
  @Help.Example(group = Help.Group.STREAMS, value = "--stateDirectory=state")
  @Nullable String getStateDirectory();

  void setStateDirectory(@Nullable String value);

  @Description("A properties file with settings for Kafka clients: SASL, TLS, and so on.")
  @Help.Example(group = Help.Group.INPUT, value = "--kafkaConfig=/etc/fortnight/kafka.properties")
  @Nullable String getKafkaConfig();

  void setKafkaConfig(@Nullable String value);

  @Description(
      "The schema registry of a topic with records: avro; /schemas/ids/7 is appended to the"
          + " address. none: all messages are redriven records of Avro files.")
  @Help.Example(group = Help.Group.INPUT, value = "--schemaRegistry=http://localhost:8081")
  @Nullable String getSchemaRegistry();

  void setSchemaRegistry(@Nullable String value);

  @Description(
      "A properties file with the credentials of the schema registry: basic.auth.user.info or"
          + " bearer.auth.token.")
  @Help.Example(
      group = Help.Group.INPUT,
      value = "--schemaRegistryConfig=/etc/fortnight/registry.properties")
  @Nullable String getSchemaRegistryConfig();

  void setSchemaRegistryConfig(@Nullable String value);
}

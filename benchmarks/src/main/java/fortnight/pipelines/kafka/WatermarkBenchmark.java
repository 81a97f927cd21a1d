package fortnight.pipelines.kafka;

import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordFormat;
import fortnight.transforms.parse.Samples;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy.PartitionContext;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the watermark of a topic. In this package because the policy is package-private. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class WatermarkBenchmark {
  private static final TopicPartition PARTITION = new TopicPartition("sales", 0);

  private final PartitionContext upToDate =
      new PartitionContext() {
        @Override
        public long getMessageBacklog() {
          return 0;
        }

        @Override
        public Instant getBacklogCheckTime() {
          return Instant.now();
        }
      };

  private List<KafkaRecord<byte[], byte[]>> records;
  private EventTimePolicy policy;
  private int next;

  @Setup
  public void setUp() {
    records = Samples.lines().stream().map(WatermarkBenchmark::record).toList();
    WatermarkOptions rules =
        new WatermarkOptions(
            RecordFormat.fortnight(),
            ZoneOffset.UTC,
            Duration.standardHours(1),
            Duration.standardMinutes(1),
            Duration.standardDays(1));
    policy =
        new EventTimePolicy(
            PARTITION,
            Optional.empty(),
            rules,
            SchemaSource.NONE,
            TopicProgress.of("benchmark"),
            Clock.systemUTC());
  }

  /** Once per record. */
  @Benchmark
  public Instant timestampForRecord() {
    next = (next + 1) % records.size();
    return policy.getTimestampForRecord(upToDate, records.get(next));
  }

  /** Once per bundle, and whenever the runner polls it. */
  @Benchmark
  public Instant watermark() {
    return policy.getWatermark(upToDate);
  }

  private static KafkaRecord<byte[], byte[]> record(byte[] line) {
    return new KafkaRecord<>(
        PARTITION.topic(),
        PARTITION.partition(),
        0,
        0,
        KafkaTimestampType.CREATE_TIME,
        null,
        new byte[0],
        line);
  }
}

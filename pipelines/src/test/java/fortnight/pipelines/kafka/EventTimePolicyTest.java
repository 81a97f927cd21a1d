package fortnight.pipelines.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy.PartitionContext;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;

/** The watermark of a partition; the clock starts at 2023-06-01T12:00. */
class EventTimePolicyTest {
  private static final TopicPartition THIS = new TopicPartition("t", 0);
  private static final TopicPartition OTHER = new TopicPartition("t", 1);
  private static final Duration OUT_OF_ORDERNESS = Duration.standardHours(1);
  private static final Duration IDLE_AFTER = Duration.standardMinutes(1);

  private final TopicProgress progress = TopicProgress.of(UUID.randomUUID().toString());
  private final SettableClock clock = new SettableClock("2023-06-01T12:00:00");
  private final EventTimePolicy policy = policy(ZoneOffset.UTC, Optional.empty());

  @Test
  void isBehindTheNewestEventTimeByTheOutOfOrderness() {
    assertThat(read("2022-03-01T10:00:00")).isEqualTo("2022-03-01T10:00:00.000Z");
    assertThat(watermark()).isEqualTo("2022-03-01T09:00:00.000Z");
  }

  /** A redriven record of an Avro file. */
  @Test
  void isAdvancedByARecordThatContainsItsSchema() {
    EventTimePolicy avro =
        policy(
            RecordFormat.parse("id=none,time=at,item=\"all\",records=avro"),
            ZoneOffset.UTC,
            Optional.empty());
    RecordHeaders headers = new RecordHeaders();
    headers.add(
        "fortnight-schema",
        "{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"at\",\"type\":\"string\"}]}"
            .getBytes(UTF_8));
    byte[] value = ("\40" + "2022-03-01T10:00").getBytes(UTF_8); // A length of 16, and the text.

    avro.getTimestampForRecord(
        upToDate(),
        new KafkaRecord<>(
            "t", 0, 0, 0, KafkaTimestampType.CREATE_TIME, headers, new byte[0], value));

    assertThat(avro.getWatermark(upToDate())).hasToString("2022-03-01T09:00:00.000Z");
  }

  @Test
  void isNotMovedBackByAnOlderRecord() {
    read("2022-03-01T10:00:00");

    assertThat(read("2022-03-01T09:30:00")).isEqualTo("2022-03-01T09:30:00.000Z");
    assertThat(watermark()).isEqualTo("2022-03-01T09:00:00.000Z");
  }

  @Test
  void isNotAdvancedByRecordsThatAreRejected() {
    read("2022-03-01T10:00:00");

    policy.getTimestampForRecord(upToDate(), record("no JSON"));
    policy.getTimestampForRecord(upToDate(), record("{\"timestamp\": \"2022-03-09T10:00:00\"}"));
    policy.getTimestampForRecord(upToDate(), record(sale("2023-06-02T12:00:00.001")));
    policy.getTimestampForRecord(upToDate(), record(sale("2099-01-01T00:00:00")));
    policy.getTimestampForRecord(upToDate(), record(null));

    assertThat(watermark()).isEqualTo("2022-03-01T09:00:00.000Z");
  }

  @Test
  void isRestoredAndNeverMovesBack() {
    EventTimePolicy restored =
        policy(ZoneOffset.UTC, Optional.of(new org.joda.time.Instant("2022-05-01T00:00:00Z")));

    restored.getTimestampForRecord(upToDate(), record(sale("2022-03-01T10:00:00")));

    assertThat(restored.getWatermark(upToDate())).hasToString("2022-05-01T00:00:00.000Z");
  }

  @Test
  void ofAnEmptyPartitionIsHeldIfNoOtherIsKnown() {
    clock.advance(Duration.standardHours(5));

    assertThat(policy.getWatermark(upToDate())).isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
  }

  @Test
  void ofAnIdlePartitionFollowsTheOthersInAReplay() {
    read("2022-03-01T10:00:00");
    progress.eventTimes().update(OTHER, millis("2022-03-20T00:00:00"));

    assertThat(watermark()).isEqualTo("2022-03-01T09:00:00.000Z");
    clock.advance(IDLE_AFTER.minus(Duration.millis(1)));
    assertThat(watermark()).isEqualTo("2022-03-01T09:00:00.000Z");
    clock.advance(Duration.millis(1));
    assertThat(watermark()).isEqualTo("2022-03-19T23:00:00.000Z");
  }

  @Test
  void ofAnEmptyPartitionFollowsTheOthersInAReplay() {
    progress.eventTimes().update(OTHER, millis("2022-03-20T00:00:00"));
    assertThat(policy.getWatermark(upToDate())).isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);

    clock.advance(IDLE_AFTER);

    assertThat(watermark()).isEqualTo("2022-03-19T23:00:00.000Z");
  }

  /** When a pause ends, records may reach other partitions a moment before this one. */
  @Test
  void ofAnIdlePartitionDoesNotFollowRecordsThatOthersHaveJustRead() {
    read("2022-03-01T10:00:00");
    progress.eventTimes().update(OTHER, millis("2022-03-01T10:05:00"));
    watermark();
    clock.advance(IDLE_AFTER.multipliedBy(10));
    assertThat(watermark()).isEqualTo("2022-03-01T09:05:00.000Z");

    progress.eventTimes().update(OTHER, millis("2022-03-20T00:00:00"));

    clock.advance(Duration.standardSeconds(5));
    assertThat(watermark()).isEqualTo("2022-03-01T09:05:00.000Z");
    clock.advance(IDLE_AFTER);
    assertThat(watermark()).isEqualTo("2022-03-01T09:05:00.000Z");
    clock.advance(IDLE_AFTER);
    assertThat(watermark()).isEqualTo("2022-03-19T23:00:00.000Z");
  }

  @Test
  void isNotAdvancedPastTheDataByAPauseOfAReplay() {
    read("2022-03-01T10:00:00");
    progress.eventTimes().update(OTHER, millis("2022-03-01T10:05:00"));
    watermark();

    clock.advance(IDLE_AFTER.multipliedBy(1000));

    assertThat(watermark()).isEqualTo("2022-03-01T09:05:00.000Z");
  }

  @Test
  void ofAnIdlePartitionFollowsTheClockInALiveStream() {
    read("2023-06-01T11:59:00");

    clock.advance(Duration.standardHours(3));

    assertThat(watermark()).isEqualTo("2023-06-01T14:00:00.000Z");
  }

  @Test
  void ofAnIdlePartitionFollowsTheClockForDays() {
    read("2023-06-01T11:59:00");

    for (int hour = 0; hour < 72; hour++) {
      clock.advance(Duration.standardHours(1));
      watermark();
    }

    assertThat(watermark()).isEqualTo("2023-06-04T11:00:00.000Z");
  }

  @Test
  void ofAnEmptyPartitionFollowsTheClockInALiveStream() {
    progress.eventTimes().update(OTHER, millis("2023-06-01T11:00:00"));

    clock.advance(IDLE_AFTER);

    assertThat(watermark()).isEqualTo("2023-06-01T11:01:00.000Z");
  }

  @Test
  void followsTheClockInTheTimeZone() {
    EventTimePolicy inAuckland = policy(ZoneId.of("Pacific/Auckland"), Optional.empty());
    inAuckland.getTimestampForRecord(upToDate(), record(sale("2023-06-01T23:59:00")));

    clock.advance(IDLE_AFTER);

    assertThat(inAuckland.getWatermark(upToDate())).hasToString("2023-06-01T23:01:00.000Z");
  }

  @Test
  void isHeldWhileRecordsAreNotRead() {
    read("2023-06-01T11:59:00");

    clock.advance(Duration.standardHours(3));

    assertThat(policy.getWatermark(partition(5, clock.millis())))
        .hasToString("2023-06-01T10:59:00.000Z");
  }

  @Test
  void isNotHeldByTheEndOfATransaction() {
    progress.positions().start(THIS, 0);
    read("2023-06-01T11:59:00"); // At offset 0; the marker after it is offset 1.
    clock.advance(Duration.standardHours(3));
    PartitionContext withMarkerLeft = partition(1, clock.millis());

    progress.positions().advance(THIS, 1, 0);
    assertThat(policy.getWatermark(withMarkerLeft)).hasToString("2023-06-01T10:59:00.000Z");
    progress.positions().advance(THIS, 2, -1);
    assertThat(policy.getWatermark(withMarkerLeft)).hasToString("2023-06-01T14:00:00.000Z");
  }

  @Test
  void isNotHeldByTransactionsWithoutRecords() {
    progress.eventTimes().update(OTHER, millis("2023-06-01T11:00:00"));
    progress.positions().start(THIS, 7);
    progress.positions().advance(THIS, 9, -1);
    clock.advance(IDLE_AFTER);

    assertThat(policy.getWatermark(partition(3, clock.millis())))
        .isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
    assertThat(policy.getWatermark(partition(2, clock.millis())))
        .hasToString("2023-06-01T11:01:00.000Z");
  }

  @Test
  void isHeldWhileRecordsAreInBuffers() {
    progress.positions().start(THIS, 0);
    read("2023-06-01T11:59:00");
    progress.positions().advance(THIS, 3, 2); // Two more are read, but not emitted yet.

    clock.advance(Duration.standardHours(3));

    assertThat(policy.getWatermark(partition(2, clock.millis())))
        .hasToString("2023-06-01T10:59:00.000Z");
  }

  @Test
  void isHeldIfTheBacklogIsUnknown() {
    read("2023-06-01T11:59:00");
    long checkedAt = clock.millis();

    clock.advance(Duration.standardHours(3));

    assertThat(policy.getWatermark(partition(0, checkedAt)))
        .hasToString("2023-06-01T10:59:00.000Z");
  }

  private EventTimePolicy policy(ZoneId zone, Optional<org.joda.time.Instant> previous) {
    return policy(RecordFormat.fortnight(), zone, previous);
  }

  private EventTimePolicy policy(
      RecordFormat format, ZoneId zone, Optional<org.joda.time.Instant> previous) {
    WatermarkOptions rules =
        new WatermarkOptions(format, zone, OUT_OF_ORDERNESS, IDLE_AFTER, Duration.standardDays(1));
    return new EventTimePolicy(THIS, previous, rules, SchemaSource.NONE, progress, clock);
  }

  private String read(String eventTime) {
    return policy.getTimestampForRecord(upToDate(), record(sale(eventTime))).toString();
  }

  private String watermark() {
    return policy.getWatermark(upToDate()).toString();
  }

  private static long millis(String time) {
    return Instant.parse(time + "Z").toEpochMilli();
  }

  private static String sale(String eventTime) {
    return "{\"transaction_id\": 1, \"timestamp\": \"" + eventTime + "\", \"line_items\": []}";
  }

  private static KafkaRecord<byte[], byte[]> record(String value) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    return new KafkaRecord<>(
        "t", 0, 0, 0, KafkaTimestampType.CREATE_TIME, null, new byte[0], bytes);
  }

  private PartitionContext upToDate() {
    return partition(0, clock.millis());
  }

  private static PartitionContext partition(long backlog, long checkedAt) {
    return new PartitionContext() {
      @Override
      public long getMessageBacklog() {
        return backlog;
      }

      @Override
      public org.joda.time.Instant getBacklogCheckTime() {
        return org.joda.time.Instant.ofEpochMilli(checkedAt);
      }
    };
  }

  private static final class SettableClock extends Clock {
    private long millis;

    SettableClock(String time) {
      millis = EventTimePolicyTest.millis(time);
    }

    void advance(Duration duration) {
      millis += duration.getMillis();
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}

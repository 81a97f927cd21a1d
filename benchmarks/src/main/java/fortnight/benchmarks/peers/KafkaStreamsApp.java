package fortnight.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.Windows;
import org.apache.kafka.streams.kstream.internals.TimeWindow;

/**
 * A Kafka Streams application as its guide teaches it, from a topic to topics, unbounded. Its rows
 * are updates: the last one of a key is the result.
 */
public final class KafkaStreamsApp {
  private static final long SHOP = 0;

  private final StreamsBuilder builder = new StreamsBuilder();
  private final Serde<Volume> volumes = JsonSerde.of(Volume.class);
  private final Serde<Halves> halves = JsonSerde.of(Halves.class);
  private final String prefix;

  private KafkaStreamsApp(String prefix) {
    this.prefix = prefix;
  }

  /** Arguments: brokers, topic to read, prefix of topics to write, state directory. */
  public static void main(String[] args) {
    KafkaStreamsApp app = new KafkaStreamsApp(args[2]);
    app.build(args[1]);
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "application.id",
            args[2] + "app",
            "bootstrap.servers",
            args[0],
            "state.dir",
            args[3],
            "auto.offset.reset",
            "earliest",
            "num.stream.threads",
            "2",
            "commit.interval.ms",
            "1000"));
    KafkaStreams streams = new KafkaStreams(app.builder.build(), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "close the streams"));
    streams.start();
  }

  private void build(String topic) {
    KStream<byte[], Purchase> purchases =
        builder.stream(
            topic,
            Consumed.with(
                    Serdes.ByteArray(),
                    Serdes.serdeFrom((name, purchase) -> null, new Purchase.FromBytes()))
                .withTimestampExtractor(
                    (message, before) -> ((Purchase) message.value()).timestamp));
    Grouped<Long, Sold> bySold = Grouped.with(Serdes.Long(), JsonSerde.of(Sold.class));
    KGroupedStream<Long, Sold> shop =
        purchases
            .map((key, purchase) -> KeyValue.pair(SHOP, Sold.of(purchase)))
            .groupByKey(bySold.withName("shop"));
    KGroupedStream<Long, Sold> items =
        purchases
            .flatMap(
                (key, purchase) ->
                    Arrays.stream(purchase.lineItems)
                        .map(lineItem -> KeyValue.pair(lineItem.item, Sold.of(purchase, lineItem)))
                        .toList())
            .groupByKey(bySold.withName("items"));
    write(weeks(shop), (start, item, volume) -> Row.weeklyVolume(start, volume));
    write(weeks(items), Row::productVolume);
    write(fortnights(shop, true), (start, item, sums) -> Row.volumeChange(start, sums));
    write(fortnights(items, false), Row::productVolumeChange);
  }

  private KTable<Windowed<Long>, Volume> weeks(KGroupedStream<Long, Sold> sold) {
    return sold.windowedBy(MondayWindows.ofWeeks(1))
        .aggregate(
            Volume::new,
            (key, one, volume) -> one.addTo(volume),
            Materialized.with(Serdes.Long(), volumes));
  }

  private KTable<Windowed<Long>, Halves> fortnights(
      KGroupedStream<Long, Sold> sold, boolean ofTransactions) {
    return sold.windowedBy(MondayWindows.ofWeeks(2))
        .aggregate(
            Halves::new,
            (key, one, sums) -> sums.add(one.timestamp, ofTransactions ? 1 : one.units),
            Materialized.with(Serdes.Long(), halves));
  }

  private <T> void write(KTable<Windowed<Long>, T> sums, Row.OfItem<T> rows) {
    sums.toStream()
        .map(
            (window, sold) -> {
              Row row = rows.of(window.window().start(), window.key(), sold);
              return KeyValue.pair(row, row.json());
            })
        .to(
            (row, json, context) -> prefix + row.analysis(),
            Produced.with(
                Serdes.serdeFrom(
                    (topic, row) -> Serdes.String().serializer().serialize(topic, row.key()),
                    (topic, key) -> null),
                Serdes.String()));
  }

  /**
   * Windows of whole weeks, one starting each Monday: the windows of Kafka Streams are aligned to
   * 1970-01-01, a Thursday, and its guide recommends windows of one's own for other calendars.
   *
   * <p>The grace period is a year: stream time is that of the newest record of a task, which runs
   * ahead of other partitions when the past is replayed.
   */
  private static final class MondayWindows extends Windows<TimeWindow> {
    private static final long GRACE_MILLIS = 53 * Week.MILLIS;

    private final int weeks;

    private MondayWindows(int weeks) {
      this.weeks = weeks;
    }

    static MondayWindows ofWeeks(int weeks) {
      return new MondayWindows(weeks);
    }

    @Override
    public Map<Long, TimeWindow> windowsFor(long timestamp) {
      Map<Long, TimeWindow> windows = new HashMap<>();
      for (int i = 0; i < weeks; i++) {
        long start = Week.start(timestamp) - i * Week.MILLIS;
        windows.put(start, new TimeWindow(start, start + size()));
      }
      return windows;
    }

    @Override
    public long size() {
      return weeks * Week.MILLIS;
    }

    @Override
    public long gracePeriodMs() {
      return GRACE_MILLIS;
    }
  }

  /** Encodes values as JSON with databind. */
  private static final class JsonSerde {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonSerde() {}

    static <T> Serde<T> of(Class<T> type) {
      return Serdes.serdeFrom((topic, value) -> write(value), (topic, bytes) -> read(bytes, type));
    }

    private static byte[] write(Object value) {
      try {
        return JSON.writeValueAsBytes(value);
      } catch (JsonProcessingException e) {
        throw new SerializationException(e);
      }
    }

    private static <T> T read(byte[] bytes, Class<T> type) {
      try {
        return bytes == null ? null : JSON.readValue(bytes, type);
      } catch (IOException e) {
        throw new SerializationException(e);
      }
    }
  }
}

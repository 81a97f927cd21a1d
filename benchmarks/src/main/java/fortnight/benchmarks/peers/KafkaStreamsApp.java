package fortnight.benchmarks.peers;

import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
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

/**
 * A Kafka Streams application as its guide teaches it, from a topic to topics, without end. Its
 * rows are updates: the last one of a key is the truth.
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

  /** Takes the brokers, the topic to read, the prefix of those to write, and a directory. */
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
                    Serdes.serdeFrom((name, purchase) -> null, new PurchaseDeserializer()))
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

  private <T> void write(KTable<Windowed<Long>, T> sums, ItemRow<T> rows) {
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
}

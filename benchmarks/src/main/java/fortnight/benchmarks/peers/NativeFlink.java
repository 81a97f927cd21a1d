package fortnight.benchmarks.peers;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TopicSelector;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;

/** A DataStream job as Flink's guide teaches it, from a topic to topics, without end. */
public final class NativeFlink {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration FORTNIGHT = Duration.ofDays(14);
  private static final Duration MONDAY = Duration.ofDays(Week.MONDAY_DAYS);
  private static final int PARALLELISM = 2;
  private static final long CHECKPOINT_MILLIS = 10_000;

  private NativeFlink() {}

  /** Takes the brokers, the topic to read, and the prefix of those to write. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment flink =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM);
    flink.getConfig().enableObjectReuse();
    flink.enableCheckpointing(CHECKPOINT_MILLIS);
    DataStream<Purchase> purchases =
        flink.fromSource(
            source(args[0], args[1]),
            WatermarkStrategy.<Purchase>forBoundedOutOfOrderness(Duration.ofHours(1))
                .withTimestampAssigner((purchase, kafkaTime) -> purchase.timestamp),
            "transactions");
    rows(purchases).sinkTo(sink(args[0], args[2]));
    flink.execute("week over week");
  }

  private static DataStream<Row> rows(DataStream<Purchase> purchases) {
    DataStream<Sold> sold = purchases.map(Sold::of).returns(Sold.class);
    KeyedStream<Sold, Long> items =
        purchases
            .<Sold>flatMap(NativeFlink::lineItems)
            .returns(Sold.class)
            .keyBy(lineItem -> lineItem.item);
    return sold.windowAll(TumblingEventTimeWindows.of(WEEK, MONDAY))
        .aggregate(new SumVolume(), FlinkRows.ofShop(Row::weeklyVolume))
        .union(
            sold.windowAll(SlidingEventTimeWindows.of(FORTNIGHT, WEEK, MONDAY))
                .aggregate(SumHalves.ofTransactions(), FlinkRows.ofShop(Row::volumeChange)),
            items
                .window(TumblingEventTimeWindows.of(WEEK, MONDAY))
                .aggregate(new SumVolume(), FlinkRows.ofItem(Row::productVolume)),
            items
                .window(SlidingEventTimeWindows.of(FORTNIGHT, WEEK, MONDAY))
                .aggregate(SumHalves.ofUnits(), FlinkRows.ofItem(Row::productVolumeChange)));
  }

  private static void lineItems(Purchase purchase, Collector<Sold> out) {
    for (Purchase.LineItem lineItem : purchase.lineItems) {
      out.collect(Sold.of(purchase, lineItem));
    }
  }

  private static KafkaSource<Purchase> source(String brokers, String topic) {
    return KafkaSource.<Purchase>builder()
        .setBootstrapServers(brokers)
        .setTopics(topic)
        .setGroupId("native-flink")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(PurchaseDeserializer.class))
        .build();
  }

  private static KafkaSink<Row> sink(String brokers, String prefix) {
    TopicSelector<Row> topic = row -> prefix + row.analysis();
    SimpleStringSchema text = new SimpleStringSchema();
    return KafkaSink.<Row>builder()
        .setBootstrapServers(brokers)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<Row>builder()
                .setTopicSelector(topic)
                .setKeySerializationSchema(row -> text.serialize(row.key()))
                .setValueSerializationSchema(row -> text.serialize(row.json()))
                .build())
        .build();
  }
}

package fortnight.benchmarks.peers;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
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
import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** A DataStream job as Flink's guide teaches it, from a topic to topics, unbounded. */
public final class NativeFlink {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration FORTNIGHT = Duration.ofDays(14);
  private static final Duration MONDAY = Duration.ofDays(Week.MONDAY_DAYS);
  private static final int PARALLELISM = 2;
  private static final long CHECKPOINT_MILLIS = 10_000;

  private NativeFlink() {}

  /** Arguments: brokers, topic to read, prefix of topics to write. */
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
        .aggregate(new SumVolume(), WindowRows.ofShop(Row::weeklyVolume))
        .union(
            sold.windowAll(SlidingEventTimeWindows.of(FORTNIGHT, WEEK, MONDAY))
                .aggregate(SumHalves.ofTransactions(), WindowRows.ofShop(Row::volumeChange)),
            items
                .window(TumblingEventTimeWindows.of(WEEK, MONDAY))
                .aggregate(new SumVolume(), WindowRows.ofItem(Row::productVolume)),
            items
                .window(SlidingEventTimeWindows.of(FORTNIGHT, WEEK, MONDAY))
                .aggregate(SumHalves.ofUnits(), WindowRows.ofItem(Row::productVolumeChange)));
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
        .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(Purchase.FromBytes.class))
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

  /** Window functions that convert sums to rows. */
  private static final class WindowRows {
    private WindowRows() {}

    static <T> ProcessAllWindowFunction<T, Row, TimeWindow> ofShop(Row.OfShop<T> row) {
      return new Shop<>(row);
    }

    static <T> ProcessWindowFunction<T, Row, Long, TimeWindow> ofItem(Row.OfItem<T> row) {
      return new Item<>(row);
    }

    private static final class Shop<T> extends ProcessAllWindowFunction<T, Row, TimeWindow> {
      private final Row.OfShop<T> row;

      Shop(Row.OfShop<T> row) {
        this.row = row;
      }

      @Override
      public void process(
          ProcessAllWindowFunction<T, Row, TimeWindow>.Context context,
          Iterable<T> sums,
          Collector<Row> out) {
        out.collect(row.of(context.window().getStart(), sums.iterator().next()));
      }
    }

    private static final class Item<T> extends ProcessWindowFunction<T, Row, Long, TimeWindow> {
      private final Row.OfItem<T> row;

      Item(Row.OfItem<T> row) {
        this.row = row;
      }

      @Override
      public void process(
          Long item,
          ProcessWindowFunction<T, Row, Long, TimeWindow>.Context context,
          Iterable<T> sums,
          Collector<Row> out) {
        out.collect(row.of(context.window().getStart(), item, sums.iterator().next()));
      }
    }
  }

  /** Sums the volume of a window. */
  private static final class SumVolume implements AggregateFunction<Sold, Volume, Volume> {
    @Override
    public Volume createAccumulator() {
      return new Volume();
    }

    @Override
    public Volume add(Sold sold, Volume volume) {
      return sold.addTo(volume);
    }

    @Override
    public Volume getResult(Volume volume) {
      return volume;
    }

    @Override
    public Volume merge(Volume one, Volume other) {
      return Volume.sum(one, other);
    }
  }

  /** Sums the sales in each half of a window. */
  private static final class SumHalves implements AggregateFunction<Sold, Halves, Halves> {
    private interface Count extends ToLongFunction<Sold>, Serializable {}

    private final Count count;

    private SumHalves(Count count) {
      this.count = count;
    }

    static SumHalves ofTransactions() {
      return new SumHalves(sold -> 1);
    }

    static SumHalves ofUnits() {
      return new SumHalves(sold -> sold.units);
    }

    @Override
    public Halves createAccumulator() {
      return new Halves();
    }

    @Override
    public Halves add(Sold sold, Halves halves) {
      return halves.add(sold.timestamp, count.applyAsLong(sold));
    }

    @Override
    public Halves getResult(Halves halves) {
      return halves;
    }

    @Override
    public Halves merge(Halves one, Halves other) {
      return Halves.sum(one, other);
    }
  }
}

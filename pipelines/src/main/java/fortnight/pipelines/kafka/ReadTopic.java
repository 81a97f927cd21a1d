package fortnight.pipelines.kafka;

import fortnight.transforms.PayloadBatch;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the messages of a topic from its beginning, in batches: those that are there when the run
 * starts, or for ever, with a watermark by {@link EventTimePolicy}.
 */
final class ReadTopic extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final TopicInput input;

  private ReadTopic(TopicInput input) {
    this.input = input;
  }

  static ReadTopic of(TopicInput input) {
    return new ReadTopic(input);
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin begin) {
    return input.isBounded()
        ? whatIsThere(begin)
        : begin.apply("Read messages", Read.from(KafkaTopicSource.of(input.partitions())));
  }

  private PCollection<PayloadBatch> whatIsThere(PBegin begin) {
    List<TopicInput.TopicRange> ranges = input.ranges();
    return begin
        .apply(
            "Offsets",
            Create.of(ranges).withCoder(SerializableCoder.of(TopicInput.TopicRange.class)))
        .apply(
            "Read messages",
            ParDo.of(new ReadTopicRangeFn(input.clients(), input.failsOnDataLoss())))
        .setCoder(PayloadBatch.coder());
  }
}

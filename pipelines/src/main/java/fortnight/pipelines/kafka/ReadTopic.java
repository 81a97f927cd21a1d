package fortnight.pipelines.kafka;

import fortnight.transforms.PayloadBatch;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the messages of a topic from its beginning, in batches: either those that exist when the
 * pipeline is built, or all, with a watermark by {@link EventTimePolicy}.
 */
final class ReadTopic extends PTransform<PBegin, PCollection<PayloadBatch>> {
  private final TopicInput input;

  ReadTopic(TopicInput input) {
    this.input = input;
  }

  @Override
  public PCollection<PayloadBatch> expand(PBegin begin) {
    return input.isBounded() ? readRanges(begin) : readUnbounded(begin);
  }

  private PCollection<PayloadBatch> readRanges(PBegin begin) {
    return begin
        .apply(
            "Offsets",
            Create.of(input.ranges()).withCoder(SerializableCoder.of(TopicInput.TopicRange.class)))
        .apply(
            "Read messages",
            ParDo.of(new ReadTopicRangeFn(input.clients(), input.failsOnDataLoss())))
        .setCoder(PayloadBatch.coder());
  }

  private PCollection<PayloadBatch> readUnbounded(PBegin begin) {
    return begin.apply("Read messages", Read.from(KafkaTopicSource.of(input.partitions())));
  }
}

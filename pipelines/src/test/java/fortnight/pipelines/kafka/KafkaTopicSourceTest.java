package fortnight.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Splitting accesses no broker and reads no flags. */
class KafkaTopicSourceTest {
  private static final KafkaTopicSource TOPIC = KafkaTopicSource.of(List.of(0, 1, 2, 3, 4));

  @Test
  void hasAReaderForEachPartitionWhereThereMayBeMore() {
    assertThat(split(128)).containsExactly("[0]", "[1]", "[2]", "[3]", "[4]");
  }

  @Test
  void sharesThePartitionsOutWhereThereMayBeFewer() {
    assertThat(split(2)).containsExactly("[0, 2, 4]", "[1, 3]");
    assertThat(split(1)).containsExactly("[0, 1, 2, 3, 4]");
  }

  @Test
  void hasOneOwnerForEachPartitionThatIsAddedLater() {
    for (int splits = 1; splits <= 7; splits++) {
      for (int partition = 0; partition < 20; partition++) {
        int added = partition;
        assertThat(
                TOPIC.split(splits, PipelineOptionsFactory.create()).stream()
                    .filter(split -> split.owns(added)))
            .hasSize(1);
      }
    }
  }

  private static Stream<String> split(int splits) {
    return TOPIC.split(splits, PipelineOptionsFactory.create()).stream().map(Object::toString);
  }
}

package fortnight.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka://localhost:9092/sales",
        "kafka://a:1,b:65535/sales.2023_x-y",
        "kafka://[::1]:9092/sales"
      })
  void isPrintedAsItWasParsed(String text) {
    assertThat(TopicAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka://",
        "kafka://localhost/sales",
        "kafka://localhost:9092",
        "kafka://localhost:9092/",
        "kafka://localhost:9092/.",
        "kafka://localhost:0/sales",
        "kafka://localhost:65536/sales",
        "kafka://localhost:9092/sales/more",
        "kafka://::1:9092/sales"
      })
  void rejectsWhatIsNotATopic(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TopicAddress.parse(text));
  }

  @Test
  void allowsAnEmptyPrefixAndLeavesRoomForTheAnalysis() {
    String longest = "p".repeat(200);

    assertThat(TopicAddress.parsePrefix("kafka://h:1/").plus("weekly-volume").name())
        .isEqualTo("weekly-volume");
    assertThat(TopicAddress.parsePrefix("kafka://h:1/" + longest).name()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicAddress.parsePrefix("kafka://h:1/p" + longest))
        .withMessageContaining("at most 200");
  }
}

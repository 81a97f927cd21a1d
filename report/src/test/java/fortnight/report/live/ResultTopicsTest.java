package fortnight.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which topics have results, for the prefix {@code shop.}. */
class ResultTopicsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "weekly-volume",
        "revenue-change",
        "store-volume",
        "payment_method-revenue-change",
        "outliers",
        "dead-letters"
      })
  void findsTheTitleOfAResult(String title) {
    assertThat(titleOf("shop." + title)).contains(title);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weekly-volume",
        "other.weekly-volume",
        "shop.",
        "shop.transactions",
        "shop.eu.weekly-volume",
        "shop.Store-volume"
      })
  void ignoresOtherTopics(String topic) {
    assertThat(titleOf(topic)).isEmpty();
  }

  @Test
  void ignoresTheInputTopic() {
    assertThat(FedPage.topics(Optional.of("shop.sales-volume")).titleOf("shop.sales-volume"))
        .isEmpty();
  }

  private static Optional<String> titleOf(String topic) {
    return FedPage.topics(Optional.empty()).titleOf(topic);
  }
}

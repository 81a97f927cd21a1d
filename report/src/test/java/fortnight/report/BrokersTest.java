package fortnight.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.CorruptRecordException;
import org.junit.jupiter.api.Test;

class BrokersTest {
  private final Brokers brokers =
      new Brokers(LiveFlagReading.read("--input=kafka://localhost:9092/shop.").request());

  @Test
  void sayWhatToDoNext() {
    assertThat(brokers.sentence(new CorruptRecordException("hunter2")))
        .isEqualTo(
            "localhost:9092 fails with CorruptRecordException; look at the brokers' log, and at --kafkaConfig");
  }

  @Test
  void areNotBlamedForWhatIsNotTheirs() {
    assertThat(brokers.sentence(new ArithmeticException("hunter2")))
        .matches(
            "ArithmeticException at BrokersTest.java:\\d+, which should not be; report it, and start the page again");
  }
}

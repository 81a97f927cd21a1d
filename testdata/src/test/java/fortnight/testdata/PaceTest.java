package fortnight.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
  private static final long BEGIN = 1_000_000_000;

  @Test
  void waitsUntilTheShopsClockHasComeToTheArrival(@TempDir Path folder) throws IOException {
    Pace pace = new Pace(3600, BEGIN);
    long start = System.nanoTime();

    try (Destination file = LinesDestination.file(folder.resolve("out"))) {
      pace.await(arrivingAfter(1800), file);
    }

    // half an hour at an hour a second
    assertThat(System.nanoTime() - start).isGreaterThan(490_000_000);
  }

  @Test
  void theLiveClockBeginsNowAndRunsFaster() {
    ShopClock clock = new ShopClock(5_000, BEGIN, 10);

    assertThat(clock.at(5_000)).isEqualTo(BEGIN);
    assertThat(clock.at(6_000)).isEqualTo(BEGIN + 100);
    assertThat(clock.at(new Span(5_000, 6_000))).isEqualTo(new Span(BEGIN, BEGIN + 100));
  }

  private static Delivery arrivingAfter(long seconds) {
    return new Delivery(BEGIN + seconds * Micros.A_SECOND, 0, 1, null, null);
  }
}

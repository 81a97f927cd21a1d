package fortnight.testdata.output;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.delivery.Delivery;
import fortnight.testdata.model.Micros;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
  private static final long BEGIN = 1_000_000_000;

  @Test
  void waitsUntilTheArrivalOnTheShopsClock(@TempDir Path folder) throws IOException {
    Pace pace = new Pace(3600, BEGIN);
    long start = System.nanoTime();

    try (Destination file = LinesDestination.file(folder.resolve("out"), new byte[0])) {
      pace.await(arrivingAfter(1800), file);
    }

    // half an hour at an hour a second
    assertThat(System.nanoTime() - start).isGreaterThan(490_000_000);
  }

  private static Delivery arrivingAfter(long seconds) {
    return new Delivery(BEGIN + seconds * Micros.PER_SECOND, 0, 1, null, false, null);
  }
}

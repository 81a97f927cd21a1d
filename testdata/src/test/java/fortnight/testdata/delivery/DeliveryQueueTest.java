package fortnight.testdata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.testdata.formats.RecordShapes;
import fortnight.testdata.model.Catalog;
import fortnight.testdata.model.Purchase;
import fortnight.testdata.model.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
  private static final Catalog CATALOG = new Catalog(42, 100);
  private static final Simulation.Faults NONE = new Simulation.Faults(0, 0, 0, 0, 0);
  private static final Simulation.Faults ALL_TEN_LATE = new Simulation.Faults(0, 1, 10, 0, 0);
  private static final Span FROM_100_UNTIL_200 = new Span(100, 200);

  @Test
  void withoutFaultsDeliversAtEventTime() throws IOException {
    assertThat(arrivals(NONE, Span.NONE, 10, 20, 30)).containsExactly("1@10", "2@20", "3@30");
  }

  @Test
  void delaysLateRecords() throws IOException {
    assertThat(arrivals(ALL_TEN_LATE, Span.NONE, 1, 2)).containsExactly("1@11", "2@12");
  }

  @Test
  void recordsOfTheIdleTimeArriveAtItsEnd() throws IOException {
    assertThat(arrivals(ALL_TEN_LATE, FROM_100_UNTIL_200, 80, 89, 90, 99, 200))
        .containsExactly("1@90", "2@99", "3@200", "4@200", "5@210");
  }

  @Test
  void disorderIsWithinItsBound() throws IOException {
    Simulation.Faults upToTen = new Simulation.Faults(10, 0, 0, 0, 0);
    long[] all = new long[1000];

    List<String> arrivals = arrivals(upToTen, Span.NONE, all);

    assertThat(arrivals)
        .hasSize(1000)
        .allMatch(arrival -> arrival.matches(".*@[0-9]"))
        .anyMatch(arrival -> arrival.endsWith("@0"))
        .anyMatch(arrival -> arrival.endsWith("@9"));
  }

  private static List<String> arrivals(Simulation.Faults faults, Span idle, long... departures)
      throws IOException {
    List<String> arrivals = new ArrayList<>();
    DeliveryQueue queue =
        new DeliveryQueue(
            42,
            CATALOG,
            RecordShapes.FORTNIGHT,
            faults,
            idle,
            new GroundTruth(OutputStream.nullOutputStream(), CATALOG),
            (delivery, buffer, length) -> arrivals.add(delivery.id() + "@" + delivery.arrival()));
    for (int i = 0; i < departures.length; i++) {
      queue.send(i + 1, new Purchase.Builder().add(1, 1).build(departures[i], 7, 1));
    }
    queue.finish();
    return arrivals;
  }
}

package fortnight.pipelines.registry;

import static fortnight.pipelines.registry.RejectedIds.BURST;
import static fortnight.pipelines.registry.RejectedIds.FRESH;
import static fortnight.pipelines.registry.RejectedIds.MAX_IDS;
import static fortnight.pipelines.registry.RejectedIds.USABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The number of ids, their age, and the rate of their requests are limited. */
class RejectedIdsTest {
  /** The clock can have any value, and overflows soon. */
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);

  private final RejectedIds ids = new RejectedIds(nanoTime::get);

  @Test
  void areKnownForALimitedTime() {
    ids.add(7, "unknown");
    nanoTime.addAndGet(FRESH.toNanos());

    assertThat(ids.message(7, FRESH)).isEqualTo("unknown");
    nanoTime.addAndGet(1);
    assertThat(ids.message(7, FRESH)).isNull();
    assertThat(ids.message(7, USABLE)).isEqualTo("unknown");
    assertThat(ids.message(8, USABLE)).isNull();
  }

  @Test
  void areRemovedInTheOrderOfTheirLastRequests() {
    for (int id = 0; id < MAX_IDS; id++) {
      ids.add(id, "unknown");
    }
    ids.add(0, "invalid");
    ids.add(MAX_IDS, "unknown");

    assertThat(ids.message(1, USABLE)).isNull();
    assertThat(ids.message(0, USABLE)).isEqualTo("invalid");
    assertThat(ids.message(2, USABLE)).isEqualTo("unknown");
    assertThat(ids.message(MAX_IDS, USABLE)).isEqualTo("unknown");
  }

  @Test
  void delayRequestsOfMoreThanABurst() {
    for (int id = 1; id < BURST; id++) {
      ids.add(id, "unknown");
    }
    assertThat(ids.delay()).isZero();

    ids.add(BURST, "unknown");

    assertThat(ids.delay()).isEqualTo(Duration.ofMillis(20));
    nanoTime.addAndGet(Duration.ofMillis(19).toNanos());
    assertThat(ids.delay()).isEqualTo(Duration.ofMillis(1));
    nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(ids.delay()).isZero();
    ids.add(BURST + 1, "unknown");
    assertThat(ids.delay()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void delayNoRequestAfterAPause() {
    for (int id = 0; id < BURST; id++) {
      ids.add(id, "unknown");
    }
    nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());

    for (int id = 1; id < BURST; id++) {
      ids.add(-id, "unknown");
      assertThat(ids.delay()).isZero();
    }
    ids.add(-BURST, "unknown");
    assertThat(ids.delay()).isEqualTo(Duration.ofMillis(20));
  }
}

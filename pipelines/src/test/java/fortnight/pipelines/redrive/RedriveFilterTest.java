package fortnight.pipelines.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.redrive.RedriveFilter.SkipReason;
import fortnight.transforms.RejectReason;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class RedriveFilterTest {
  private static final Set<RejectReason> ALL = EnumSet.allOf(RejectReason.class);
  private static final RedriveFilter EVERYTHING =
      new RedriveFilter(ALL, Optional.empty(), Optional.empty(), false);

  @Test
  void selectsEachSourceOnce() {
    RedriveFilter.Selection selection = EVERYTHING.select(Set.of());

    assertThat(selection.add(letter("sales/0/1"), at("09:00"))).isEmpty();
    assertThat(selection.add(letter("sales/0/2"), at("09:00"))).isEmpty();
    assertThat(selection.add(letter("sales/0/1"), at("10:00"))).contains(SkipReason.SAME_SOURCE);
  }

  @Test
  void skipsSourcesThatWereSentBefore() {
    RedriveFilter again = new RedriveFilter(ALL, Optional.empty(), Optional.empty(), true);

    for (RedriveFilter filter : Set.of(EVERYTHING, again)) {
      RedriveFilter.Selection selection = filter.select(Set.of("sales/0/1"));
      assertThat(selection.add(letter("sales/0/1"), at("09:00"))).contains(SkipReason.SENT_BEFORE);
    }
  }

  @Test
  void selectsRecordsThatWereRejectedAgainOnlyIfSet() {
    StoredDeadLetter rejectedAgain = letter(RejectReason.BAD_ID, "sales/0/9", true);
    RedriveFilter again = new RedriveFilter(ALL, Optional.empty(), Optional.empty(), true);

    assertThat(EVERYTHING.select(Set.of()).add(rejectedAgain, at("09:00")))
        .contains(SkipReason.REJECTED_AGAIN);
    assertThat(again.select(Set.of()).add(rejectedAgain, at("09:00"))).isEmpty();
  }

  @Test
  void skipsRecordsThatAreTooLarge() {
    assertThat(
            EVERYTHING
                .select(Set.of())
                .add(letter(RejectReason.TOO_LARGE, "sales/0/1", false), at("09:00")))
        .contains(SkipReason.TOO_LARGE);
  }

  @Test
  void skipsLostOffsets() {
    assertThat(
            EVERYTHING
                .select(Set.of())
                .add(letter(RejectReason.LOST_OFFSETS, "sales/0/1", false), at("09:00")))
        .contains(SkipReason.LOST_OFFSETS);
  }

  @Test
  void filtersByReason() {
    RedriveFilter filter =
        new RedriveFilter(
            Set.of(RejectReason.BAD_QUANTITY), Optional.empty(), Optional.empty(), false);
    RedriveFilter.Selection selection = filter.select(Set.of());

    assertThat(selection.add(letter("sales/0/1"), at("09:00"))).contains(SkipReason.FILTERED);
    assertThat(selection.add(letter(RejectReason.BAD_QUANTITY, "sales/0/1", false), at("09:00")))
        .isEmpty();
  }

  @Test
  void filtersByTimestampFromSinceUntilBefore() {
    RedriveFilter filter =
        new RedriveFilter(ALL, Optional.of(at("09:00")), Optional.of(at("10:00")), false);
    RedriveFilter.Selection selection = filter.select(Set.of());

    assertThat(selection.add(letter("1"), at("08:59"))).contains(SkipReason.FILTERED);
    assertThat(selection.add(letter("2"), at("09:00"))).isEmpty();
    assertThat(selection.add(letter("3"), at("09:59"))).isEmpty();
    assertThat(selection.add(letter("4"), at("10:00"))).contains(SkipReason.FILTERED);
  }

  private static StoredDeadLetter letter(String source) {
    return letter(RejectReason.BAD_ID, source, false);
  }

  private static StoredDeadLetter letter(RejectReason reason, String source, boolean redriven) {
    return new StoredDeadLetter(reason, source, ByteBuffer.allocate(0), Optional.empty(), redriven);
  }

  private static Instant at(String time) {
    return Instant.parse("2023-01-02T" + time + ":00Z");
  }
}

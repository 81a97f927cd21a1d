package fortnight.pipelines.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.transforms.RejectReason;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Who is sent back, and why the others are not. */
class RedriveSelectionTest {
  private static final Set<RejectReason> ALL = EnumSet.allOf(RejectReason.class);
  private static final RedriveFilter EVERYTHING =
      new RedriveFilter(ALL, Optional.empty(), Optional.empty(), false);

  @Test
  void sendsOneSourceOnce() {
    RedriveSelection selection = new RedriveSelection(EVERYTHING, Set.of());

    assertThat(selection.judge(letter("sales/0/1"), at("09:00"))).isEmpty();
    assertThat(selection.judge(letter("sales/0/2"), at("09:00"))).isEmpty();
    assertThat(selection.judge(letter("sales/0/1"), at("10:00"))).contains(SkipReason.SAME_SOURCE);
  }

  @Test
  void sendsNothingThatANoteSpeaksOf() {
    RedriveFilter again = new RedriveFilter(ALL, Optional.empty(), Optional.empty(), true);

    for (RedriveFilter filter : Set.of(EVERYTHING, again)) {
      RedriveSelection selection = new RedriveSelection(filter, Set.of("sales/0/1"));
      assertThat(selection.judge(letter("sales/0/1"), at("09:00")))
          .contains(SkipReason.SENT_BEFORE);
    }
  }

  @Test
  void sendsWhatFailedAgainOnlyIfAsked() {
    StoredLetter failedAgain = letter(RejectReason.BAD_ID, "sales/0/9", true);
    RedriveFilter again = new RedriveFilter(ALL, Optional.empty(), Optional.empty(), true);

    assertThat(new RedriveSelection(EVERYTHING, Set.of()).judge(failedAgain, at("09:00")))
        .contains(SkipReason.REDRIVEN);
    assertThat(new RedriveSelection(again, Set.of()).judge(failedAgain, at("09:00"))).isEmpty();
  }

  @Test
  void neverSendsTheBeginningOfALargeOne() {
    assertThat(
            new RedriveSelection(EVERYTHING, Set.of())
                .judge(letter(RejectReason.TOO_LARGE, "sales/0/1", false), at("09:00")))
        .contains(SkipReason.TOO_LARGE);
  }

  @Test
  void hasNothingToSendOfLostOffsets() {
    assertThat(
            new RedriveSelection(EVERYTHING, Set.of())
                .judge(letter(RejectReason.LOST_OFFSETS, "sales/0/1", false), at("09:00")))
        .contains(SkipReason.LOST_OFFSETS);
  }

  @Test
  void filtersByReason() {
    RedriveFilter filter =
        new RedriveFilter(
            Set.of(RejectReason.BAD_QUANTITY), Optional.empty(), Optional.empty(), false);
    RedriveSelection selection = new RedriveSelection(filter, Set.of());

    assertThat(selection.judge(letter("sales/0/1"), at("09:00"))).contains(SkipReason.FILTERED);
    assertThat(selection.judge(letter(RejectReason.BAD_QUANTITY, "sales/0/1", false), at("09:00")))
        .isEmpty();
  }

  @Test
  void filtersByTimeFromSinceToJustBefore() {
    RedriveFilter filter =
        new RedriveFilter(ALL, Optional.of(at("09:00")), Optional.of(at("10:00")), false);
    RedriveSelection selection = new RedriveSelection(filter, Set.of());

    assertThat(selection.judge(letter("1"), at("08:59"))).contains(SkipReason.FILTERED);
    assertThat(selection.judge(letter("2"), at("09:00"))).isEmpty();
    assertThat(selection.judge(letter("3"), at("09:59"))).isEmpty();
    assertThat(selection.judge(letter("4"), at("10:00"))).contains(SkipReason.FILTERED);
  }

  private static StoredLetter letter(String source) {
    return letter(RejectReason.BAD_ID, source, false);
  }

  private static StoredLetter letter(RejectReason reason, String source, boolean redriven) {
    return new StoredLetter(reason, source, ByteBuffer.allocate(0), redriven);
  }

  private static Instant at(String time) {
    return Instant.parse("2023-01-02T" + time + ":00Z");
  }
}

package fortnight.pipelines.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fortnight.common.Measure;
import fortnight.transforms.DeadLetter;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.Pane;
import fortnight.transforms.RejectReason;
import fortnight.transforms.Scope;
import fortnight.transforms.Volume;
import fortnight.transforms.VolumeChange;
import fortnight.transforms.WindowVolume;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of all kinds, before and after they are encoded. */
class ResultRowTest {
  private static final Instant MONDAY = Instant.parse("2022-01-03T00:00:00Z");
  private static final Duration WEEK = Duration.standardDays(7);

  private static List<ResultRow> views() {
    return List.of(
        letter(7),
        letter(11),
        volume(MONDAY, Scope.of(Id.ofInteger(7))),
        volume(MONDAY, Scope.of(Id.ofInteger(11))),
        volume(MONDAY, Scope.of(Id.ofString("7"))),
        volume(MONDAY.plus(WEEK), Scope.of(Id.ofInteger(7))),
        change(Scope.of(Id.ofInteger(7))),
        change(Scope.SHOP),
        volume(MONDAY, Scope.SHOP),
        volume(MONDAY.plus(WEEK), Scope.SHOP));
  }

  private static ResultRow letter(long position) {
    return new DeadLetterRow(
        new DeadLetter(RejectReason.TOO_LARGE, "why", "file:", position, "{", false, false));
  }

  private static ResultRow volume(Instant start, Scope scope) {
    Volume volume = new Volume(1, 2, 3, start.getMillis(), start.getMillis());
    return new VolumeRow(
        scope.isShop() ? "weekly-volume" : "product-volume",
        WindowVolume.of(start, start.plus(WEEK), scope, volume, Pane.ON_TIME),
        Scale.UNITS);
  }

  private static ResultRow change(Scope scope) {
    Instant next = MONDAY.plus(WEEK);
    return new ComparisonRow.ChangeRow(
        scope.isShop() ? "volume-change" : "product-volume-change",
        new VolumeChange(
            MONDAY,
            next,
            next.plus(WEEK),
            scope,
            scope.isShop() ? Measure.TRANSACTIONS : Measure.UNITS,
            Int128.ZERO,
            Int128.of(5),
            5,
            Pane.LATE),
        Scale.UNITS);
  }

  @ParameterizedTest
  @MethodSource("views")
  void areEqualWhenDecoded(ResultRow row) throws CoderException {
    ResultRow decoded = decoded(row);

    assertThat(decoded)
        .isEqualTo(
            new ResultRow.StoredRow(
                row.title(),
                row.origin(),
                row.position(),
                row.scope(),
                row.timing(),
                row.key(),
                row.json()))
        .isEqualByComparingTo(row);
  }

  @Test
  void areOrderedTheSameBeforeAndAfterEncoding() throws CoderException {
    List<ResultRow> mixed = new ArrayList<>();
    for (ResultRow row : views()) {
      mixed.add(mixed.size() % 2 == 0 ? row : decoded(row));
    }
    List<String> inOrder = mixed.stream().map(ResultRow::json).toList();
    Collections.shuffle(mixed, new Random(1));

    Collections.sort(mixed);

    assertThat(mixed).extracting(ResultRow::json).containsExactlyElementsOf(inOrder);
  }

  /** Savepoints contain these names and bytes. */
  @Test
  void keepTheirBytesAndTheNameOfTheirCoder() throws CoderException {
    Coder<ResultRow> coder = ResultRow.coder();

    assertThat(coder.getClass().getName()).isEqualTo("fortnight.pipelines.rows.ResultRow$RowCoder");
    assertThat(ObjectStreamClass.lookup(coder.getClass()).getSerialVersionUID()).isEqualTo(1);
    assertThat(new String(CoderUtils.encodeToByteArray(coder, letter(7)), ISO_8859_1))
        .isEqualTo(
            "\2\14dead-letters\5file:\0\0\0\0\0\0\0\7S\0\6file:7"
                + "F{\"reason\":\"TOO_LARGE\",\"message\":\"why\",\"source\":\"file:7\",\"payload\":\"{\"}");
    assertThat(new String(CoderUtils.encodeToByteArray(coder, change(Scope.SHOP)), ISO_8859_1))
        .startsWith("\2\15volume-change\0")
        .contains("S\4late");
  }

  @Test
  void estimateTheirSize() {
    assertThat(views()).allSatisfy(row -> assertThat(row.size()).isBetween(100, 300));
    ResultRow large = volume(MONDAY, Scope.of(Id.ofInteger("1".repeat(10_000))));
    assertThat(large.size()).isBetween(10_000, 10_500);
  }

  private static ResultRow decoded(ResultRow row) throws CoderException {
    return CoderUtils.decodeFromByteArray(
        ResultRow.coder(), CoderUtils.encodeToByteArray(ResultRow.coder(), row));
  }
}

package fortnight.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.junit.jupiter.api.Test;

class FilePartsTest {
  private static final long MEGABYTE = 1L << 20;
  private static final InputFile LARGE = new InputFile("large", "large:", 64 * MEGABYTE, false);
  private static final InputFile PACKED = new InputFile("packed", "packed:", 8 * MEGABYTE, true);

  @Test
  void dealsEveryByteOnceAndInOrder() {
    List<FileParts> dealt = FileParts.deal(List.of(LARGE, PACKED, LARGE), 2);

    assertThat(dealt).hasSize(2);
    List<FilePart> parts = dealt.stream().flatMap(reader -> reader.parts().stream()).toList();
    assertThat(parts).hasSize(17);
    assertThat(parts.get(0).from()).isZero();
    IntStream.range(1, 8)
        .forEach(i -> assertThat(parts.get(i).from()).isEqualTo(parts.get(i - 1).to()));
    assertThat(parts.get(7).to()).isEqualTo(LARGE.size());
    assertThat(parts.get(8).file()).isEqualTo(PACKED);
    assertThat(parts.subList(9, 17)).isEqualTo(parts.subList(0, 8));
  }

  @Test
  void dealsAboutTheSameToEach() {
    List<FileParts> dealt = FileParts.deal(List.of(LARGE, LARGE, LARGE), 3);

    assertThat(dealt)
        .extracting(reader -> reader.size(reader.all()))
        .containsExactly(64 * MEGABYTE, 64 * MEGABYTE, 64 * MEGABYTE);
  }

  @Test
  void givesAReaderToEachPartWhereThereAreMoreReaders() {
    List<FileParts> dealt = FileParts.deal(List.of(LARGE, PACKED), Integer.MAX_VALUE);

    assertThat(dealt).hasSize(9).allSatisfy(reader -> assertThat(reader.parts()).hasSize(1));
  }

  @Test
  void saysHowMuchIsLeftBehindAPosition() {
    FileParts all = FileParts.deal(List.of(LARGE, LARGE), 1).get(0);
    long inSecondPart = FileParts.start(1) + 9 * MEGABYTE;

    assertThat(FileParts.partAt(inSecondPart)).isEqualTo(1);
    assertThat(all.size(new OffsetRange(inSecondPart, all.all().getTo())))
        .isEqualTo((64 - 9 + 64) * MEGABYTE);
  }
}

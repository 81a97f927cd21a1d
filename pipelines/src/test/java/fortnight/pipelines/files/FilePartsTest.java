package fortnight.pipelines.files;

import static org.assertj.core.api.Assertions.assertThat;

import fortnight.pipelines.compression.ContentFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.junit.jupiter.api.Test;

class FilePartsTest {
  private static final long MEGABYTE = 1L << 20;
  private static final InputFile LARGE = InputFile.plain("large", 64 * MEGABYTE);
  private static final InputFile PACKED =
      InputFile.plain("packed", 8 * MEGABYTE).withFormat(ContentFormat.GZIP);

  @Test
  void dealsEveryByteOnceAndInOrder() {
    FileParts all = FileParts.of(List.of(LARGE, PACKED, LARGE));
    List<FileParts.Group> groups = all.groups(2);

    assertThat(groups).hasSize(2);
    List<FileParts.Part> parts =
        groups.stream().flatMap(group -> all.parts(group).stream()).toList();
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
    FileParts all = FileParts.of(List.of(LARGE, LARGE, LARGE));

    assertThat(all.groups(3))
        .extracting(group -> all.size(group, group.range()))
        .containsExactly(64 * MEGABYTE, 64 * MEGABYTE, 64 * MEGABYTE);
  }

  @Test
  void givesAReaderToEachPartWhereThereIsNoLimitToReaders() {
    assertThat(FileParts.of(List.of(LARGE, PACKED)).groups())
        .hasSize(9)
        .allSatisfy(group -> assertThat(group.count()).isEqualTo(1));
  }

  @Test
  void groupsSmallFiles() {
    InputFile small = InputFile.plain("small", 3_000);
    List<InputFile> files = new ArrayList<>(Collections.nCopies(1_000, small));
    files.add(LARGE);

    List<FileParts.Group> groups = FileParts.of(files).groups();

    assertThat(groups)
        .startsWith(
            new FileParts.Group(0, 256),
            new FileParts.Group(256, 256),
            new FileParts.Group(512, 256))
        .hasSize(4 + 8);
    assertThat(groups.stream().mapToInt(FileParts.Group::count).sum()).isEqualTo(1_000 + 8);
  }

  @Test
  void readsEachPipeByItself() {
    InputFile pipe = new InputFile("p", "p:", 0, 0, 0, null, InputFile.Access.ONCE);

    assertThat(FileParts.of(List.of(pipe, pipe, PACKED)).groups())
        .containsExactly(
            new FileParts.Group(0, 1), new FileParts.Group(1, 1), new FileParts.Group(2, 1));
  }

  @Test
  void hasPositionsForAnyNumberOfFiles() {
    FileParts all = FileParts.of(Collections.nCopies(600_000, InputFile.plain("small", 1)));

    assertThat(all.groups(1))
        .hasSizeGreaterThan(1)
        .allSatisfy(group -> assertThat(group.range().getTo()).isPositive());
  }

  @Test
  void saysHowMuchIsLeftBehindAPosition() {
    FileParts all = FileParts.of(List.of(LARGE, LARGE));
    FileParts.Group group = all.groups(1).get(0);
    long inSecondPart = FileParts.start(1) + 9 * MEGABYTE;

    assertThat(FileParts.partAt(inSecondPart)).isEqualTo(1);
    assertThat(all.size(group, new OffsetRange(inSecondPart, group.range().getTo())))
        .isEqualTo((64 - 9 + 64) * MEGABYTE);
  }
}

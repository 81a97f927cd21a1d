package fortnight.pipelines.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed content is recognized by its bytes, read to its end, and rejected if truncated. */
class CompressedInputTest {
  private static final byte[] SKIPPABLE = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

  @TempDir Path directory;

  private interface Compressor {
    OutputStream compress(OutputStream out) throws IOException;
  }

  @Test
  void rejectsGzipThatIsTruncatedAtAnyByte() throws IOException {
    isWholeAtEndsOfMembersOnly(GZIPOutputStream::new, new byte[0]);
  }

  @Test
  void rejectsBzip2ThatIsTruncatedAtAnyByte() throws IOException {
    isWholeAtEndsOfMembersOnly(out -> new BZip2CompressorOutputStream(out, 1), new byte[0]);
  }

  @Test
  void rejectsZstandardThatIsTruncatedAtAnyByte() throws IOException {
    isWholeAtEndsOfMembersOnly(ZstdCompressorOutputStream::new, new byte[0]);
    isWholeAtEndsOfMembersOnly(ZstdCompressorOutputStream::new, SKIPPABLE);
  }

  @Test
  void rejectsTruncatedGzipWithANameAndAComment() throws IOException {
    byte[] plain = compressed(GZIPOutputStream::new, "a\n");
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(plain, 0, 3);
    named.write(2 | 4 | 8 | 16);
    named.write(plain, 4, 6);
    named.write(new byte[] {2, 0, 7, 7, 'n', 0, 'c', 0, 1, 2});
    named.write(plain, 10, plain.length - 10);

    for (int length = 1; length < named.size(); length++) {
      assertIsTruncated(Arrays.copyOf(named.toByteArray(), length));
    }
    assertThat(read(named.toByteArray())).containsExactly("a");
  }

  @Test
  void readsPaddedGzip() throws IOException {
    byte[] packed = compressed(GZIPOutputStream::new, "a\nb\n");

    assertThat(read(Arrays.copyOf(packed, packed.length + 512))).containsExactly("a", "b");
  }

  @Test
  void rejectsBytesAfterCompressedContent() throws IOException {
    for (Compressor compressor : compressors()) {
      byte[] packed = compressed(compressor, "a\n");
      byte[] more = Arrays.copyOf(packed, packed.length + 20);
      Arrays.fill(more, packed.length, more.length, (byte) 'x');

      assertThatThrownBy(() -> read(more)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void rejectsDamagedContent() throws IOException {
    for (Compressor compressor : compressors()) {
      byte[] packed = compressed(compressor, "sales of a day\n".repeat(1_000));
      packed[packed.length / 2] ^= 0x55;

      assertThatThrownBy(() -> read(packed)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void recognizesContentAndNotNames() throws IOException {
    for (Compressor compressor : compressors()) {
      assertThat(read(compressed(compressor, "a\nb\n"))).containsExactly("a", "b");
    }
    Path plain = Files.writeString(directory.resolve("plain.gz"), "a\nb\n");
    assertThat(lines(plain)).containsExactly("a", "b");
  }

  @Test
  void readsContentThatIsEmpty() throws IOException {
    for (Compressor compressor : compressors()) {
      assertThat(read(compressed(compressor, ""))).isEmpty();
    }
  }

  @Test
  void readsLargeContentOfAllFormats() throws IOException {
    String text = "0123456789abcdef\n".repeat(100_000);
    for (Compressor compressor : compressors()) {
      assertThat(read(compressed(compressor, text))).hasSize(100_000);
    }
  }

  private static List<Compressor> compressors() {
    return List.of(
        GZIPOutputStream::new,
        BZip2CompressorOutputStream::new,
        out -> new ZstdCompressorOutputStream(out, 3, false, true));
  }

  /** Three members of one line each, with skippable bytes before each of them. */
  private void isWholeAtEndsOfMembersOnly(Compressor compressor, byte[] before) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Set<Integer> ends = new TreeSet<>();
    for (String line : List.of("first\n", "second\n", "third\n")) {
      all.write(before);
      ends.add(all.size());
      all.write(compressed(compressor, line));
      ends.add(all.size());
    }
    byte[] packed = all.toByteArray();

    for (int length = 1; length <= packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      if (!ends.contains(length)) {
        assertIsTruncated(cut);
      } else {
        assertThat(read(cut)).as("%d bytes", length).hasSizeLessThanOrEqualTo(3);
      }
    }
    assertThat(read(packed)).containsExactly("first", "second", "third");
  }

  private void assertIsTruncated(byte[] stored) {
    assertThatThrownBy(() -> read(stored))
        .as("%d bytes", stored.length)
        .isInstanceOf(EOFException.class);
  }

  private List<String> read(byte[] stored) throws IOException {
    return lines(Files.write(directory.resolve("content"), stored));
  }

  private static List<String> lines(Path path) throws IOException {
    InputFile file = InputFiles.match(path.toString()).get(0);
    try (InputStream content = InputContent.stream(file)) {
      return new String(content.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static byte[] compressed(Compressor compressor, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressor.compress(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}

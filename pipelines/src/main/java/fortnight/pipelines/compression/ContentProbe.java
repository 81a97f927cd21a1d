package fortnight.pipelines.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The format and a fingerprint of a local file, from its first and last bytes.
 *
 * @param fingerprint a checksum of the first and the last {@value ContentFormat#HEAD} bytes
 */
public record ContentProbe(ContentFormat format, int fingerprint) {
  /** Probes the first {@code size} bytes of a file. */
  public static ContentProbe of(Path path, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      byte[] head = read(channel, 0, size);
      CRC32 checksum = new CRC32();
      checksum.update(head);
      if (size > ContentFormat.HEAD) {
        checksum.update(read(channel, size - ContentFormat.HEAD, size));
      }
      return new ContentProbe(ContentFormat.of(head), (int) checksum.getValue());
    }
  }

  private static byte[] read(FileChannel channel, long from, long size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(ContentFormat.HEAD, size - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}

package fortnight.pipelines.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Decompresses content whose format is recognized by its first bytes. */
public final class Decompression {
  private Decompression() {}

  /** The content is in a format that is not supported. */
  public static final class UnsupportedFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final String predicate;

    private UnsupportedFormatException(String predicate) {
      super("it " + predicate);
      this.predicate = predicate;
    }

    /** The error without its subject, to follow the file's name. */
    public String predicate() {
      return predicate;
    }
  }

  /**
   * Returns the decompressed content of a stream; plain text is returned unchanged.
   *
   * @param formatIfEmpty the format of a stream without bytes
   * @param expected the format of the decompressed content, which is returned unchanged
   * @throws UnsupportedFormatException if the stream, or the compressed content, is in a format
   *     that is not supported
   */
  public static InputStream decompress(
      InputStream stored, ContentFormat formatIfEmpty, ContentFormat expected) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, ContentFormat.HEAD);
    byte[] head = peek(in);
    ContentFormat format = head.length == 0 ? formatIfEmpty : ContentFormat.of(head);
    if (format == ContentFormat.PLAIN || format == expected) {
      return in;
    }
    PushbackInputStream content =
        new PushbackInputStream(decompress(format, in), ContentFormat.HEAD);
    ContentFormat inner = ContentFormat.of(peek(content));
    if (inner != ContentFormat.PLAIN && inner != expected) {
      throw new UnsupportedFormatException(inner.errorWithin(format));
    }
    return content;
  }

  private static InputStream decompress(ContentFormat format, InputStream in) throws IOException {
    return switch (format) {
      case GZIP -> new GzipMembersInputStream(in);
      case BZIP2 -> new Bzip2StreamsInputStream(in);
      case ZSTD -> new ZstdFramesInputStream(in);
      default -> throw new UnsupportedFormatException(format.error());
    };
  }

  private static byte[] peek(PushbackInputStream in) throws IOException {
    byte[] head = in.readNBytes(ContentFormat.HEAD);
    in.unread(head);
    return head;
  }
}

package fortnight.pipelines.files;

import fortnight.pipelines.compression.Bzip2StreamsInputStream;
import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.GzipMembersInputStream;
import fortnight.pipelines.compression.StreamChannel;
import fortnight.pipelines.compression.ZstdFramesInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.beam.sdk.io.FileSystems;

/** Opens input files; compressed content is recognised and decompressed. */
public final class InputContent {
  private InputContent() {}

  /** A file is in a format that is not read here. */
  public static final class RefusedFormatException extends IOException {
    private final String refusal;

    RefusedFormatException(String refusal) {
      super("it " + refusal);
      this.refusal = refusal;
    }

    /** What to do about it, to follow the file's name. */
    String refusal() {
      return refusal;
    }
  }

  /**
   * The content of a file from its first byte on, decompressed.
   *
   * @throws IOException if it is in a format that is not read here, without the file's name
   */
  public static ReadableByteChannel open(InputFile file) throws IOException {
    ReadableByteChannel stored = stored(file);
    if (file.format() == ContentFormat.PLAIN) {
      return stored;
    }
    boolean isOpened = false;
    try {
      ReadableByteChannel content =
          new StreamChannel(decompressed(Channels.newInputStream(stored), file));
      isOpened = true;
      return content;
    } finally {
      if (!isOpened) {
        stored.close();
      }
    }
  }

  /** The format of what is stored, by its first bytes. */
  public static ContentFormat storedFormat(InputFile file) throws IOException {
    try (InputStream stored = Channels.newInputStream(stored(file))) {
      return ContentFormat.of(stored.readNBytes(ContentFormat.HEAD));
    }
  }

  /** The same as a stream. */
  public static InputStream stream(InputFile file) throws IOException {
    return Channels.newInputStream(open(file));
  }

  /**
   * The content of a file that can seek and is not compressed, from a byte on.
   *
   * @throws IOException if it cannot be opened, without the file's name
   */
  public static ReadableByteChannel openAt(InputFile file, long position) throws IOException {
    ReadableByteChannel stored = stored(file);
    boolean isOpened = false;
    try {
      ((SeekableByteChannel) stored).position(position);
      isOpened = true;
      return stored;
    } finally {
      if (!isOpened) {
        stored.close();
      }
    }
  }

  private static ReadableByteChannel stored(InputFile file) throws IOException {
    if (!file.isLocal()) {
      return FileSystems.open(FileSystems.matchNewResource(file.path(), false));
    }
    FileChannel channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ);
    return file.access() == InputFile.Access.ONCE ? channel : new FirstBytes(channel, file.size());
  }

  private static InputStream decompressed(InputStream stored, InputFile file) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, ContentFormat.HEAD);
    byte[] head = peek(in);
    ContentFormat format =
        head.length == 0 && file.access() != InputFile.Access.ONCE
            ? ContentFormat.ofEmpty(file.path())
            : ContentFormat.of(head);
    if (format == ContentFormat.PLAIN) {
      return in;
    }
    PushbackInputStream content =
        new PushbackInputStream(decompressing(in, format), ContentFormat.HEAD);
    ContentFormat inner = ContentFormat.of(peek(content));
    if (inner != ContentFormat.PLAIN) {
      throw new RefusedFormatException(inner.refusalWithin(format));
    }
    return content;
  }

  private static InputStream decompressing(InputStream in, ContentFormat format)
      throws IOException {
    return switch (format) {
      case GZIP -> new GzipMembersInputStream(in);
      case BZIP2 -> new Bzip2StreamsInputStream(in);
      case ZSTD -> new ZstdFramesInputStream(in);
      default -> throw new RefusedFormatException(format.refusal());
    };
  }

  private static byte[] peek(PushbackInputStream in) throws IOException {
    byte[] head = in.readNBytes(ContentFormat.HEAD);
    in.unread(head);
    return head;
  }

  /** A file up to the length that it had at the start. */
  private static final class FirstBytes implements SeekableByteChannel {
    private final FileChannel file;
    private final long size;
    private long position;

    FirstBytes(FileChannel file, long size) {
      this.file = file;
      this.size = size;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      long left = size - position;
      if (left <= 0) {
        return -1;
      }
      int limit = to.limit();
      to.limit((int) Math.min(limit, to.position() + left));
      int count = file.read(to);
      to.limit(limit);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      file.position(newPosition);
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

package fortnight.pipelines.files;

import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.Decompression;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Opens the content of input files, and decompresses it. Messages of exceptions do not name the
 * file.
 */
public final class InputContent {
  private InputContent() {}

  /**
   * Returns the decompressed content of a file.
   *
   * @throws Decompression.UnsupportedFormatException if the format is not supported
   */
  public static InputStream stream(InputFile file) throws IOException {
    return Channels.newInputStream(open(file));
  }

  /**
   * Returns the decompressed content of a file as a channel.
   *
   * @throws Decompression.UnsupportedFormatException if the format is not supported
   */
  static ReadableByteChannel open(InputFile file) throws IOException {
    return open(file, UnaryOperator.identity());
  }

  /** As above, with another channel around that of the stored bytes. */
  static ReadableByteChannel open(InputFile file, UnaryOperator<ReadableByteChannel> around)
      throws IOException {
    ReadableByteChannel stored = around.apply(stored(file));
    if (file.format() == ContentFormat.PLAIN || file.format() == file.contentFormat()) {
      return stored;
    }
    boolean isOpened = false;
    try {
      ContentFormat formatIfEmpty =
          file.access() == InputFile.Access.ONCE
              ? ContentFormat.PLAIN
              : ContentFormat.ofEmpty(file.path());
      ReadableByteChannel content =
          new StreamChannel(
              Decompression.decompress(
                  Channels.newInputStream(stored),
                  formatIfEmpty,
                  InputFile.contents(file.encoding())));
      isOpened = true;
      return content;
    } finally {
      if (!isOpened) {
        stored.close();
      }
    }
  }

  /** Returns the content of an uncompressed, seekable file from a byte on. */
  static ReadableByteChannel openAt(InputFile file, long position) throws IOException {
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

  /** Returns the format of the stored bytes. */
  static ContentFormat storedFormat(InputFile file) throws IOException {
    try (InputStream stored = Channels.newInputStream(stored(file))) {
      return ContentFormat.of(stored.readNBytes(ContentFormat.HEAD));
    }
  }

  private static ReadableByteChannel stored(InputFile file) throws IOException {
    if (!file.isLocal()) {
      return FileSystems.open(FileSystems.matchNewResource(file.path(), false));
    }
    if (file.isStandardInput()) {
      // A channel, because its reads can be interrupted. A socket cannot be opened by its path.
      return new FileInputStream(FileDescriptor.in).getChannel();
    }
    FileChannel channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ);
    return file.access() == InputFile.Access.ONCE
        ? channel
        : new LimitedChannel(channel, file.size());
  }

  /** The first {@code size} bytes of a file: its length when the run started. */
  private static final class LimitedChannel implements SeekableByteChannel {
    private final FileChannel file;
    private final long size;
    private long position;

    LimitedChannel(FileChannel file, long size) {
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

  /** A channel over a stream; reads into arrays without a copy. */
  private static final class StreamChannel implements ReadableByteChannel {
    private final InputStream in;
    private boolean isOpen = true;

    StreamChannel(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      int count = in.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
      if (count > 0) {
        to.position(to.position() + count);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return isOpen;
    }

    @Override
    public void close() throws IOException {
      isOpen = false;
      in.close();
    }
  }
}

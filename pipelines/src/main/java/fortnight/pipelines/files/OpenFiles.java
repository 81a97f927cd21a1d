package fortnight.pipelines.files;

import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Opens files at any byte, and keeps readers open between bundles: if a runner stops the reading of
 * a compressed file, reopening at the same byte is expensive; for a pipe it is impossible.
 */
public final class OpenFiles {
  private record Location(String path, long position) {}

  /** The pipes that this run has opened. A restarted task cannot read a pipe again. */
  private static final Set<String> OPENED_PIPES = ConcurrentHashMap.newKeySet();

  private static final ConcurrentHashMap<Location, BatchReader> KEPT = new ConcurrentHashMap<>();

  private OpenFiles() {}

  /** Returns a reader of the records that begin at or after a position in a group of parts. */
  static BatchReader reader(List<FileParts.Part> parts, long position) {
    BatchReader kept = KEPT.remove(location(parts, position));
    return kept != null ? kept : new BatchReader(parts, position);
  }

  /** Keeps a reader open until {@link #reader} is called for this position. */
  static void keep(List<FileParts.Part> parts, long position, BatchReader reader)
      throws IOException {
    BatchReader replaced = KEPT.put(location(parts, position), reader);
    if (replaced != null) {
      replaced.close();
    }
  }

  /** Closes the readers that are still open after a run that failed or was stopped. */
  public static void closeAll() throws IOException {
    for (BatchReader kept : List.copyOf(KEPT.values())) {
      kept.close();
    }
    KEPT.clear();
    OPENED_PIPES.clear();
  }

  private static Location location(List<FileParts.Part> parts, long position) {
    int part = FileParts.partAt(position);
    return new Location(parts.get(part).file().path(), position - FileParts.start(part));
  }

  /** Returns a reader whose next record is the first that begins at or after a byte of the file. */
  static RecordReader open(InputFile file, long from) throws IOException {
    checkNotOpened(file, from);
    if (from > 0 && !file.isReadAsWhole()) {
      // The line that contains the byte before this one is skipped; it may end with that byte.
      long position = from - 1;
      ReadableByteChannel content = InputContent.openAt(file, position);
      return skipTo(
          from, new LineReader(new ReadBuffer(content, position, bufferSize(file)), file.origin()));
    }
    return open(file, InputContent.open(file), file.encoding(), from);
  }

  /**
   * Returns a reader of the records of a file, whose encoding depends on its first bytes; null if
   * the file is left out.
   *
   * @param around returns another channel around that of the stored bytes of a pipe
   */
  static @Nullable RecordReader open(
      InputFile file,
      Function<byte[], @Nullable RecordEncoding> encodingOf,
      UnaryOperator<ReadableByteChannel> around)
      throws IOException {
    checkNotOpened(file, 0);
    boolean isPipe = file.access() == InputFile.Access.ONCE;
    PeekedChannel content =
        new PeekedChannel(InputContent.open(file, isPipe ? around : UnaryOperator.identity()));
    RecordEncoding encoding = encodingOf.apply(content.head());
    if (encoding == null) {
      content.close();
      return null;
    }
    return open(file, content, encoding, 0);
  }

  private static void checkNotOpened(InputFile file, long from) throws IOException {
    boolean isPipe = file.access() == InputFile.Access.ONCE;
    if (isPipe && (from != 0 || !OPENED_PIPES.add(file.path()))) {
      throw new IOException("it is a pipe, which can be read only once; write it to a file first");
    }
  }

  private static RecordReader open(
      InputFile file, ReadableByteChannel content, RecordEncoding encoding, long from)
      throws IOException {
    if (encoding instanceof RecordEncoding.Csv csv) {
      return new CsvReader(new ReadBuffer(content, 0, ReadBuffer.SIZE), file.origin(), csv, from);
    }
    return skipTo(
        from,
        encoding.equals(RecordEncoding.JSON)
            ? new LineReader(new ReadBuffer(content, 0, bufferSize(file)), file.origin())
            : AvroFileReader.open(Channels.newInputStream(content), file.origin()));
  }

  /** Skips the records before an offset. The position of the reader must be that of a record. */
  private static RecordReader skipTo(long from, RecordReader records) throws IOException {
    while (records.position() < from && records.next() != null) {}
    return records;
  }

  /** A channel whose first bytes are read before the others. */
  private static final class PeekedChannel implements ReadableByteChannel {
    private static final int MAX_HEAD = 1 << 16;
    private static final int ENOUGH_LINES = 20;

    private final ReadableByteChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);

    PeekedChannel(ReadableByteChannel channel) throws IOException {
      this.channel = channel;
      int count = 0;
      while (count >= 0 && head.hasRemaining() && !isEnough()) {
        count = channel.read(head);
      }
      head.flip();
    }

    /** Does not wait for more bytes of a pipe that begins with an object. */
    private boolean isEnough() {
      int lines = 0;
      boolean isAtStart = true;
      for (int i = 0; i < head.position(); i++) {
        byte b = head.get(i);
        if (isAtStart && b == '{') {
          return true;
        }
        isAtStart &= b <= ' '; // White space, a byte-order mark, or the other byte of UTF-16.
        lines += b == '\n' || b == '\r' ? 1 : 0;
      }
      return lines >= ENOUGH_LINES;
    }

    byte[] head() {
      return Arrays.copyOf(head.array(), head.limit());
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      if (!head.hasRemaining()) {
        return channel.read(to);
      }
      int count = Math.min(head.remaining(), to.remaining());
      to.put(head.slice(head.position(), count));
      head.position(head.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Small files get small buffers, because a buffer is referenced as long as its lines are. */
  private static int bufferSize(InputFile file) {
    return file.isReadAsWhole()
        ? ReadBuffer.SIZE
        : (int) Math.min(ReadBuffer.SIZE, file.size() + 1);
  }
}

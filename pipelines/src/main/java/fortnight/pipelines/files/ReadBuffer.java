package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * The bytes of a channel that were read, and that no record contains yet.
 *
 * <p>Records are slices of the array. Therefore the bytes before the start are never overwritten;
 * if the array is full, the bytes from the start on are copied into a new one.
 */
final class ReadBuffer implements Closeable {
  /** The default size, in bytes. */
  static final int SIZE = 1 << 16;

  private final ReadableByteChannel channel;

  private byte[] array;

  /** The offset in the file of the array's first byte. */
  private long arrayPosition;

  private int start;
  private int limit;
  private boolean isEndOfChannel;

  /**
   * Creates an empty buffer.
   *
   * @param position the offset in the file of the channel's next byte
   * @param capacity the size of the first array, in bytes, at least 1
   */
  ReadBuffer(ReadableByteChannel channel, long position, int capacity) {
    this.channel = channel;
    this.arrayPosition = position;
    this.array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  /** Returns the index in the array of the first byte. */
  int start() {
    return start;
  }

  /** Returns the index in the array after the last byte. */
  int limit() {
    return limit;
  }

  /** Returns the number of bytes. */
  int length() {
    return limit - start;
  }

  /** Returns the offset in the file of the first byte. */
  long position() {
    return arrayPosition + start;
  }

  /** Returns the index in the array of an offset in the file; negative if it precedes the array. */
  long indexOf(long position) {
    return position - arrayPosition;
  }

  /** Returns whether there are no bytes, and no further ones can be read. */
  boolean isAtEnd() {
    return isEndOfChannel && start == limit;
  }

  /** Returns a record that consists of the first bytes. */
  Payload record(String origin, int length) {
    return new Payload(origin, position(), array, start, length, length);
  }

  /** Removes bytes from the start. */
  void skip(int count) {
    start += count;
  }

  /**
   * Moves the bytes into a new array if most of a large one precedes them, because the array is in
   * memory as long as the records that follow.
   */
  void trim() {
    if (array.length > SIZE && length() < array.length / 2) {
      replaceArray();
    }
  }

  /** Appends bytes of the channel; returns false if there are no further ones. */
  boolean fill() throws IOException {
    if (limit == array.length) {
      replaceArray();
    }
    while (!isEndOfChannel) {
      int count = channel.read(ByteBuffer.wrap(array, limit, array.length - limit));
      isEndOfChannel = count < 0;
      if (count > 0) {
        limit += count;
        return true;
      }
    }
    return false;
  }

  private void replaceArray() {
    int length = length();
    byte[] larger = new byte[Math.max(SIZE, 2 * length)];
    System.arraycopy(array, start, larger, 0, length);
    array = larger;
    arrayPosition += start;
    start = 0;
    limit = length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

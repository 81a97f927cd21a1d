package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** The bytes and position of a record. Payloads may share an array, which must not be modified. */
public final class Payload {
  /** Maximum size of an accepted record, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  /** Number of bytes kept of a record that exceeds {@link #MAX_SIZE}. */
  public static final int KEPT_OF_TOO_LARGE = 1 << 16;

  /** The position of a record whose origin is unknown. */
  public static final long NOWHERE = -1;

  private static final byte[] NO_PREAMBLE = {};

  private final String origin;
  private final long position;
  private final byte[] array;
  private final int from;
  private final int length;
  private final long size;
  private final boolean redriven;
  private final long lost;
  private final byte[] preamble;

  /**
   * Creates a payload of {@code array[from, from + length)}.
   *
   * @param origin the file or partition that the position refers to, with its separator: {@code
   *     FILE:} or {@code TOPIC/PARTITION/}
   * @param position byte offset in the file, or offset in the partition; {@link #NOWHERE} if
   *     unknown
   * @param size the record's size in bytes; greater than {@code length} only if it exceeds {@link
   *     #MAX_SIZE} and the array is truncated
   */
  public Payload(String origin, long position, byte[] array, int from, int length, long size) {
    this(origin, position, array, from, length, size, false, 0, NO_PREAMBLE);
  }

  private Payload(
      String origin,
      long position,
      byte[] array,
      int from,
      int length,
      long size,
      boolean redriven,
      long lost,
      byte[] preamble) {
    this.origin = origin;
    this.position = position;
    this.array = array;
    this.from = from;
    this.length = size > MAX_SIZE ? Math.min(length, KEPT_OF_TOO_LARGE) : length;
    this.size = size;
    this.redriven = redriven;
    this.lost = lost;
    this.preamble = preamble;
  }

  public static Payload of(String origin, long position, byte[] bytes) {
    return new Payload(origin, position, bytes, 0, bytes.length, bytes.length);
  }

  public static Payload of(String origin, long position, String text) {
    return of(origin, position, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a copy marked as a dead letter that was sent to the input again. */
  public Payload asRedriven() {
    return new Payload(origin, position, array, from, length, size, true, lost, preamble);
  }

  /**
   * Returns a copy with the first bytes of its file, which are needed to decode the record: a
   * byte-order mark, the names of columns, or a schema. Payloads may share the array, which must
   * not be modified.
   */
  public Payload withPreamble(byte[] newPreamble) {
    return new Payload(origin, position, array, from, length, size, redriven, lost, newPreamble);
  }

  /** Returns the first bytes of the file that are needed to decode the record; may be empty. */
  public byte[] preamble() {
    return preamble;
  }

  /**
   * Creates a placeholder for offsets of a partition that were deleted before they were read.
   *
   * @param position the first lost offset
   * @param count number of lost offsets
   */
  public static Payload lostOffsets(String origin, long position, long count) {
    return new Payload(origin, position, new byte[0], 0, 0, 0, false, count, NO_PREAMBLE);
  }

  /** Returns the number of lost offsets; 0 for a record. */
  public long lostOffsets() {
    return lost;
  }

  boolean redriven() {
    return redriven;
  }

  /** Returns {@code FILE:BYTE_OFFSET} or {@code TOPIC/PARTITION/OFFSET}; empty if unknown. */
  public String source() {
    return source(origin, position);
  }

  static String source(String origin, long position) {
    return position == NOWHERE ? origin : origin + position;
  }

  public String origin() {
    return origin;
  }

  public long position() {
    return position;
  }

  /** Returns the record's size in bytes, which may exceed {@link #length}. */
  public long size() {
    return size;
  }

  /** Returns a coder; each decoded payload has its own array. */
  public static Coder<Payload> coder() {
    return PayloadCoder.INSTANCE;
  }

  /** Returns whether there is only white space, perhaps after a byte-order mark: not a record. */
  public boolean isBlank() {
    if (tooLarge()) {
      return false; // The truncated part may contain other characters.
    }
    for (int i = from + byteOrderMarkLength(); i < from + length; i++) {
      if (array[i] != ' ' && array[i] != '\t' && array[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private int byteOrderMarkLength() {
    boolean isMarked =
        length >= 3
            && array[from] == (byte) 0xEF
            && array[from + 1] == (byte) 0xBB
            && array[from + 2] == (byte) 0xBF;
    return isMarked ? 3 : 0;
  }

  public boolean tooLarge() {
    return size > MAX_SIZE;
  }

  /** Returns the size and the maximum size, for the message about a record that is too large. */
  public String sizeAndLimit() {
    return size + " bytes, more than " + MAX_SIZE;
  }

  public byte[] array() {
    return array;
  }

  public int from() {
    return from;
  }

  public int length() {
    return length;
  }

  /** Returns a copy of the bytes; truncated if the record is too large. */
  public byte[] bytes() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  private static final class PayloadCoder extends AtomicCoder<Payload> {
    private static final long serialVersionUID = 1;

    static final PayloadCoder INSTANCE = new PayloadCoder();

    private static final int REDRIVEN = 1;
    private static final int LOST = 2;
    private static final int PREAMBLE = 4;

    @Override
    public void encode(Payload payload, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(payload.origin, out);
      Varints.write(payload.position, out);
      Varints.write(payload.size, out);
      ByteArrayCoder.of().encode(payload.bytes(), out);
      boolean hasPreamble = payload.preamble.length > 0;
      out.write(
          (payload.redriven ? REDRIVEN : 0)
              | (payload.lost > 0 ? LOST : 0)
              | (hasPreamble ? PREAMBLE : 0));
      if (payload.lost > 0) {
        Varints.write(payload.lost, out);
      }
      if (hasPreamble) {
        ByteArrayCoder.of().encode(payload.preamble, out);
      }
    }

    @Override
    public Payload decode(InputStream in) throws IOException {
      String origin = StringUtf8Coder.of().decode(in);
      long position = Varints.read(in);
      long size = Varints.read(in);
      byte[] bytes = ByteArrayCoder.of().decode(in);
      int flags = in.read();
      long lost = (flags & LOST) == 0 ? 0 : Varints.read(in);
      byte[] preamble = (flags & PREAMBLE) == 0 ? NO_PREAMBLE : ByteArrayCoder.of().decode(in);
      return new Payload(
          origin, position, bytes, 0, bytes.length, size, (flags & REDRIVEN) != 0, lost, preamble);
    }
  }
}

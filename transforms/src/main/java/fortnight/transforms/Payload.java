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

/**
 * The bytes of one record and where they came from. Several payloads may share one array, which
 * must not be changed.
 */
public final class Payload {
  /** The largest record that is read, in bytes. */
  public static final int MAX_SIZE = 1 << 20;

  /** How much of a larger one is kept, in bytes. */
  public static final int KEPT_OF_TOO_LARGE = 1 << 16;

  /** The position of a record whose origin is unknown. */
  public static final long NOWHERE = -1;

  private final String origin;
  private final long position;
  private final byte[] array;
  private final int from;
  private final int length;
  private final long size;
  private final boolean redriven;
  private final long lost;

  /**
   * A payload that is {@code array[from, from + length)}.
   *
   * @param origin what the position is counted in, with its separator: {@code FILE:} or {@code
   *     TOPIC/PARTITION/}
   * @param position the first byte's offset in the file, or the record's in the partition
   * @param size the record's size in bytes; more than {@code length} only where it is beyond {@link
   *     #MAX_SIZE} and the array holds its beginning alone
   */
  public Payload(String origin, long position, byte[] array, int from, int length, long size) {
    this(origin, position, array, from, length, size, false, 0);
  }

  private Payload(
      String origin,
      long position,
      byte[] array,
      int from,
      int length,
      long size,
      boolean redriven,
      long lost) {
    this.origin = origin;
    this.position = position;
    this.array = array;
    this.from = from;
    this.length = size > MAX_SIZE ? Math.min(length, KEPT_OF_TOO_LARGE) : length;
    this.size = size;
    this.redriven = redriven;
    this.lost = lost;
  }

  public static Payload of(String origin, long position, byte[] bytes) {
    return new Payload(origin, position, bytes, 0, bytes.length, bytes.length);
  }

  public static Payload of(String origin, long position, String text) {
    return of(origin, position, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same, marked as a dead letter that was sent to the input once more. */
  public Payload asRedriven() {
    return new Payload(origin, position, array, from, length, size, true, lost);
  }

  /**
   * No record, but so many offsets of a partition that were deleted before they were read, from
   * this position on.
   */
  public static Payload lostOffsets(String origin, long position, long count) {
    return new Payload(origin, position, new byte[0], 0, 0, 0, false, count);
  }

  /** How many offsets are lost here; 0 for a record. */
  public long lostOffsets() {
    return lost;
  }

  boolean redriven() {
    return redriven;
  }

  /** {@code FILE:BYTE_OFFSET} or {@code TOPIC/PARTITION/OFFSET}; empty if unknown. */
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

  /** The record's size in bytes. */
  public long size() {
    return size;
  }

  /** Encodes payloads; each then has an array of its own. */
  public static Coder<Payload> coder() {
    return PayloadCoder.INSTANCE;
  }

  /** Whether there is nothing but white space, perhaps behind a byte-order mark: no record. */
  public boolean isBlank() {
    if (tooLarge()) {
      return false; // What was not kept of it may be more than white space.
    }
    for (int i = from + byteOrderMark(); i < from + length; i++) {
      if (array[i] != ' ' && array[i] != '\t' && array[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private int byteOrderMark() {
    boolean marked =
        length >= 3
            && array[from] == (byte) 0xEF
            && array[from + 1] == (byte) 0xBB
            && array[from + 2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  public boolean tooLarge() {
    return size > MAX_SIZE;
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

  /** A copy of the bytes, or of their beginning where the record is too large. */
  public byte[] bytes() {
    return Arrays.copyOfRange(array, from, from + length);
  }

  private static final class PayloadCoder extends AtomicCoder<Payload> {
    private static final long serialVersionUID = 1;

    static final PayloadCoder INSTANCE = new PayloadCoder();

    private static final int REDRIVEN = 1;
    private static final int LOST = 2;

    @Override
    public void encode(Payload payload, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(payload.origin, out);
      Varints.write(payload.position, out);
      Varints.write(payload.size, out);
      ByteArrayCoder.of().encode(payload.bytes(), out);
      out.write((payload.redriven ? REDRIVEN : 0) | (payload.lost > 0 ? LOST : 0));
      if (payload.lost > 0) {
        Varints.write(payload.lost, out);
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
      return new Payload(
          origin, position, bytes, 0, bytes.length, size, (flags & REDRIVEN) != 0, lost);
    }
  }
}

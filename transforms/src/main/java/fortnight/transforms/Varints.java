package fortnight.transforms;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;

/** Variable-length integers: Beam's VarInt, with zigzag encoding for signed values. */
public final class Varints {
  private Varints() {}

  public static void write(long value, OutputStream out) throws IOException {
    VarInt.encode(value, out);
  }

  public static long read(InputStream in) throws IOException {
    return VarInt.decodeLong(in);
  }

  public static void writeSigned(long value, OutputStream out) throws IOException {
    VarInt.encode((value << 1) ^ (value >> 63), out);
  }

  public static long readSigned(InputStream in) throws IOException {
    long zigzag = VarInt.decodeLong(in);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** Values that fit a long are encoded as by {@link #writeSigned(long, OutputStream)}. */
  public static void writeSigned(Int128 value, OutputStream out) throws IOException {
    long sign = value.high() >> 63;
    long high = ((value.high() << 1) | (value.low() >>> 63)) ^ sign;
    long low = (value.low() << 1) ^ sign;
    while (high != 0) {
      out.write((int) ((low & 0x7F) | 0x80));
      low = (low >>> 7) | (high << 57);
      high >>>= 7;
    }
    VarInt.encode(low, out);
  }

  public static Int128 readSigned128(InputStream in) throws IOException {
    long high = 0;
    long low = 0;
    int next = 0x80;
    for (int shift = 0; (next & 0x80) != 0; shift += 7) {
      next = in.read();
      if (next < 0 || shift > 126) {
        throw new EOFException("not an encoded integer of 128 bits");
      }
      long bits = next & 0x7F;
      if (shift < Long.SIZE) {
        low |= bits << shift;
        high |= shift == 0 ? 0 : bits >>> (Long.SIZE - shift);
      } else {
        high |= bits << (shift - Long.SIZE);
      }
    }
    long sign = -(low & 1);
    return new Int128((high >>> 1) ^ sign, ((low >>> 1) | (high << 63)) ^ sign);
  }

  /** Writes the number of ids, and each id. */
  static void writeIds(List<Id> ids, OutputStream out) throws IOException {
    write(ids.size(), out);
    for (Id id : ids) {
      Id.coder().encode(id, out);
    }
  }

  static List<Id> readIds(InputStream in) throws IOException {
    int size = Math.toIntExact(read(in));
    if (size == 0) {
      return List.of();
    }
    Id[] ids = new Id[size];
    for (int i = 0; i < size; i++) {
      ids[i] = Id.coder().decode(in);
    }
    return List.of(ids);
  }

  /** Reads and checks the version byte at the start of every state encoding. */
  public static void readVersion(int expected, String type, InputStream in) throws IOException {
    readVersion(type, in, expected, expected);
  }

  /** Reads the version byte of a type of which an older version can be decoded, too. */
  public static int readVersion(String type, InputStream in, int oldest, int newest)
      throws IOException {
    int version = in.read();
    if (version < 0) {
      throw new EOFException("no " + type + " left to decode");
    }
    if (version < oldest || version > newest) {
      throw new CoderException(
          type + " of version " + version + " was written by another release of Fortnight");
    }
    return version;
  }
}

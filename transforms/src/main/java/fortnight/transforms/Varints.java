package fortnight.transforms;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;

/** Longs in few bytes: Beam's VarInt, zigzagged where a value may lie below zero. */
final class Varints {
  private Varints() {}

  static void write(long value, OutputStream out) throws IOException {
    VarInt.encode(value, out);
  }

  static long read(InputStream in) throws IOException {
    return VarInt.decodeLong(in);
  }

  static void writeSigned(long value, OutputStream out) throws IOException {
    VarInt.encode((value << 1) ^ (value >> 63), out);
  }

  static long readSigned(InputStream in) throws IOException {
    long zigzag = VarInt.decodeLong(in);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** Reads the byte that every coder of state begins with, so that its format can change. */
  static void readVersion(int expected, String type, InputStream in) throws IOException {
    int version = in.read();
    if (version < 0) {
      throw new EOFException("no " + type + " left to decode");
    }
    if (version != expected) {
      throw new CoderException(
          type + " of version " + version + " was written by another release of Fortnight");
    }
  }
}

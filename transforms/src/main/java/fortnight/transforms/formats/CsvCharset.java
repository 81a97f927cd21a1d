package fortnight.transforms.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.Utf8;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A charset in which the ends of rows and fields are found without decoding: each of its units, of
 * one or two bytes, that equals an ASCII character is this character.
 */
public final class CsvCharset {
  private static final List<Charset> UNICODE = List.of(UTF_8, UTF_16, UTF_16BE, UTF_16LE);
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};
  private static final int ASCII = 0x80;
  private static final int BYTES = 0x100;
  private static final char UNMAPPED = '\uFFFD';

  private final Charset charset;
  private final int markLength;
  private final boolean isWide;
  private final boolean isLittleEndian;

  /** The character of each byte, of a charset whose characters have one byte. */
  private final char @Nullable [] characters;

  private CsvCharset(Charset charset, int markLength) {
    this.charset = charset;
    this.markLength = markLength;
    this.isLittleEndian = charset.equals(UTF_16LE);
    this.isWide = isLittleEndian || charset.equals(UTF_16BE);
    this.characters =
        UNICODE.contains(charset) || charset.equals(ISO_8859_1) ? null : characters(charset);
  }

  /** Returns whether rows can be in a charset: UTF-8, UTF-16, and those that extend ASCII. */
  static boolean isSupported(Charset charset) {
    return UNICODE.contains(charset)
        || (charset.canEncode()
            && charset.newEncoder().maxBytesPerChar() == 1
            && Arrays.equals(characters(charset), 0, ASCII, characters(ISO_8859_1), 0, ASCII));
  }

  private static char[] characters(Charset charset) {
    byte[] all = new byte[BYTES];
    IntStream.range(0, BYTES).forEach(i -> all[i] = (byte) i);
    return charset.decode(ByteBuffer.wrap(all)).toString().toCharArray();
  }

  /**
   * Returns the charset of content that begins with these bytes, perhaps with a byte-order mark.
   */
  public static CsvCharset of(Charset declared, byte[] array, int from, int length) {
    if (declared.equals(UTF_8)) {
      return new CsvCharset(UTF_8, begins(array, from, length, UTF_8_MARK) ? 3 : 0);
    }
    boolean isBig = begins(array, from, length, BIG_ENDIAN_MARK);
    boolean isLittle = begins(array, from, length, LITTLE_ENDIAN_MARK);
    if (declared.equals(UTF_16)) {
      return new CsvCharset(isLittle ? UTF_16LE : UTF_16BE, isLittle || isBig ? 2 : 0);
    }
    boolean isMarked =
        (declared.equals(UTF_16LE) && isLittle) || (declared.equals(UTF_16BE) && isBig);
    return new CsvCharset(declared, isMarked ? 2 : 0);
  }

  /**
   * Returns the charset that the byte-order mark at the beginning of content states; null if there
   * is none.
   */
  public static @Nullable Charset marked(byte[] head) {
    if (begins(head, 0, head.length, UTF_8_MARK)) {
      return UTF_8;
    }
    boolean isUtf16 =
        begins(head, 0, head.length, BIG_ENDIAN_MARK)
            || begins(head, 0, head.length, LITTLE_ENDIAN_MARK);
    return isUtf16 ? UTF_16 : null;
  }

  private static boolean begins(byte[] array, int from, int length, byte[] mark) {
    return length >= mark.length
        && Arrays.equals(array, from, from + mark.length, mark, 0, mark.length);
  }

  /** Returns the length of the byte-order mark, in bytes; 0 if the content has none. */
  public int markLength() {
    return markLength;
  }

  /** Returns the number of bytes of a unit: 1 or 2. */
  public int unit() {
    return isWide ? 2 : 1;
  }

  /** Returns the unit that begins at {@code array[at]}. */
  public int unitAt(byte[] array, int at) {
    int first = array[at] & 0xFF;
    if (!isWide) {
      return first;
    }
    int second = array[at + 1] & 0xFF;
    return isLittleEndian ? first | second << Byte.SIZE : first << Byte.SIZE | second;
  }

  /** Returns the text of bytes after the byte-order mark; null if they are not valid. */
  public @Nullable String decode(byte[] array, int from, int length) {
    if (charset.equals(ISO_8859_1)) {
      return new String(array, from, length, ISO_8859_1);
    }
    if (charset.equals(UTF_8)) {
      return Utf8.isWellFormed(array, from, length) ? new String(array, from, length, UTF_8) : null;
    }
    if (characters == null) {
      try {
        return charset.newDecoder().decode(ByteBuffer.wrap(array, from, length)).toString();
      } catch (CharacterCodingException e) {
        return null;
      }
    }
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = characters[array[from + i] & 0xFF];
      if (text[i] == UNMAPPED) {
        return null;
      }
    }
    return new String(text);
  }

  /** Returns the name of the charset. */
  @Override
  public String toString() {
    return charset.name();
  }
}

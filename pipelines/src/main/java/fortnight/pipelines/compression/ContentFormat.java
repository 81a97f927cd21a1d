package fortnight.pipelines.compression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a file holds, recognised by its first bytes and not by its name. All but the first four
 * formats are refused.
 */
public enum ContentFormat {
  PLAIN("text", ""),
  GZIP("gzip", ""),
  BZIP2("bzip2", ""),
  ZSTD("Zstandard", ""),
  XZ("xz", "xz -dc"),
  LZMA("LZMA", "xz -dc"),
  LZIP("lzip", "lzip -dc"),
  LZ4("LZ4", "lz4 -dc"),
  LZOP("lzop", "lzop -dc"),
  COMPRESS("compress (.Z)", "gzip -dc"),
  SNAPPY("framed Snappy", "snzip -dc"),
  ZIP("a ZIP archive", "unzip -p"),
  SEVEN_ZIP("a 7z archive", "7z x -so"),
  RAR("a RAR archive", "unrar p -inul"),
  TAR("a tar archive", "tar -xOf"),
  CPIO("a cpio archive", ""),
  AR("an ar archive", ""),
  PARQUET("a Parquet file", ""),
  AVRO("an Avro file", ""),
  ORC("an ORC file", ""),
  SEQUENCE_FILE("a Hadoop sequence file", ""),
  UTF_16("text in UTF-16", "iconv -f UTF-16 -t UTF-8"),
  UTF_32("text in UTF-32", "iconv -f UTF-32 -t UTF-8");

  /** How many of a file's first bytes are needed to recognise its format. */
  public static final int HEAD = 512;

  private static final int TAR_CHECKSUM = 148;
  private static final int TAR_CHECKSUM_END = 156;
  private static final int BZIP2_HEADER = 10;
  private static final int[] SKIPPABLE = {0x2a, 0x4d, 0x18};
  private static final int OCTAL = 8;
  private static final int BYTE = 0xff;

  private final String title;
  private final String unpack;

  ContentFormat(String title, String unpack) {
    this.title = title;
    this.unpack = unpack;
  }

  /** The format of content that begins with these bytes. */
  public static ContentFormat of(byte[] head) {
    ContentFormat compressed = compression(head);
    if (compressed != null) {
      return compressed;
    }
    ContentFormat other = archive(head);
    return other != null ? other : isTar(head) ? TAR : encoding(head);
  }

  /** What is shorter than a magic number may be the rest of a file that was cut off. */
  private static @Nullable ContentFormat compression(byte[] head) {
    if (begins(head, 0x1f, 0x8b) || isCut(head, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (isBzip2(head) || isCut(head, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)
        || isCut(head, 0x28, 0xb5, 0x2f, 0xfd)
        || isSkippableFrame(head)) {
      return ZSTD;
    }
    if (begins(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    if (begins(head, 0x5d, 0, 0)) {
      return LZMA;
    }
    if (begins(head, 'L', 'Z', 'I', 'P')) {
      return LZIP;
    }
    if (begins(head, 0x04, 0x22, 0x4d, 0x18) || begins(head, 0x02, 0x21, 0x4c, 0x18)) {
      return LZ4;
    }
    if (begins(head, 0x89, 'L', 'Z', 'O', 0)) {
      return LZOP;
    }
    if (begins(head, 0x1f, 0x9d) || begins(head, 0x1f, 0xa0)) {
      return COMPRESS;
    }
    return begins(head, 0xff, 0x06, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y') ? SNAPPY : null;
  }

  /** The format that the name of an empty file promises. */
  public static ContentFormat ofEmpty(String name) {
    return name.endsWith(".gz")
        ? GZIP
        : name.endsWith(".bz2") ? BZIP2 : name.endsWith(".zst") ? ZSTD : PLAIN;
  }

  private static @Nullable ContentFormat archive(byte[] head) {
    if (begins(head, 'P', 'K', 3, 4)
        || begins(head, 'P', 'K', 5, 6)
        || begins(head, 'P', 'K', 7, 8)) {
      return ZIP;
    }
    if (begins(head, '7', 'z', 0xbc, 0xaf, 0x27, 0x1c)) {
      return SEVEN_ZIP;
    }
    if (begins(head, 'R', 'a', 'r', '!', 0x1a, 0x07)) {
      return RAR;
    }
    if (begins(head, '0', '7', '0', '7', '0')) {
      return CPIO;
    }
    if (begins(head, '!', '<', 'a', 'r', 'c', 'h', '>', '\n')) {
      return AR;
    }
    if (begins(head, 'P', 'A', 'R', '1') || begins(head, 'P', 'A', 'R', 'E')) {
      return PARQUET;
    }
    if (begins(head, 'O', 'b', 'j', 1)) {
      return AVRO;
    }
    if (begins(head, 'O', 'R', 'C')) {
      return ORC;
    }
    return begins(head, 'S', 'E', 'Q') && head.length > 3 && head[3] < ' ' ? SEQUENCE_FILE : null;
  }

  /** Byte-order marks, and ASCII whose every other byte is 0. */
  private static ContentFormat encoding(byte[] head) {
    if (begins(head, 0xff, 0xfe, 0, 0) || begins(head, 0, 0, 0xfe, 0xff)) {
      return UTF_32;
    }
    if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff)) {
      return UTF_16;
    }
    boolean isWide = begins(head, '{', 0) || begins(head, 0, '{');
    return isWide ? UTF_16 : PLAIN;
  }

  /** A level, then the start of a block or of an empty stream's end. */
  private static boolean isBzip2(byte[] head) {
    if (!begins(head, 'B', 'Z', 'h')) {
      return false;
    }
    if (head.length < BZIP2_HEADER) {
      return true; // Cut in its header.
    }
    String magic = new String(head, 4, BZIP2_HEADER - 4, ISO_8859_1);
    return magic.equals("1AY&SY") || magic.equals("\u0017rE8P\u0090");
  }

  private static boolean isSkippableFrame(byte[] head) {
    int known = Math.min(head.length, 4);
    return known >= 1
        && (head[0] & 0xf0) == 0x50
        && begins(Arrays.copyOfRange(head, 1, 4), Arrays.copyOf(SKIPPABLE, known - 1));
  }

  /** By the checksum of its header, which archives older than the magic number have as well. */
  private static boolean isTar(byte[] head) {
    if (head.length < HEAD) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < HEAD; i++) {
      sum += i >= TAR_CHECKSUM && i < TAR_CHECKSUM_END ? ' ' : head[i] & BYTE;
    }
    String field =
        new String(head, TAR_CHECKSUM, TAR_CHECKSUM_END - TAR_CHECKSUM, ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    return field.matches("[0-7]{1,8}") && Integer.parseInt(field, OCTAL) == sum;
  }

  private static boolean begins(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & BYTE) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCut(byte[] head, int... magic) {
    return head.length > 0
        && head.length < magic.length
        && begins(head, Arrays.copyOf(magic, head.length));
  }

  public boolean isReadable() {
    return compareTo(ZSTD) <= 0;
  }

  public boolean isCompression() {
    return isReadable() && this != PLAIN;
  }

  /** What a file of this format is and what to do about it, to follow the file's name. */
  public String refusal() {
    return "is " + what() + ", which is not read here; " + advice();
  }

  /** The same for a file of this format within a compressed one. */
  public String refusalWithin(ContentFormat outer) {
    return "is "
        + (isReadable() ? "compressed twice, with " + outer.title + " and " + title : what())
        + (isReadable() ? "" : " compressed with " + outer.title)
        + ", which is not read here; "
        + (isReadable() ? "unpack it once" : advice());
  }

  private String what() {
    boolean isCompression = compareTo(XZ) >= 0 && compareTo(SNAPPY) <= 0;
    return isCompression ? "compressed with " + title : title;
  }

  private String advice() {
    if (compareTo(PARQUET) >= 0 && compareTo(SEQUENCE_FILE) <= 0) {
      return "export it as lines of JSON";
    }
    String verb = compareTo(UTF_16) >= 0 ? "convert it to UTF-8" : "unpack it";
    return unpack.isEmpty()
        ? verb
        : verb + ", or pipe it: " + unpack + " FILE | java -jar fortnight.jar --input=/dev/stdin";
  }
}

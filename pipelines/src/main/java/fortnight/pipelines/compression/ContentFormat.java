package fortnight.pipelines.compression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The format of a file's content, recognized by its first bytes and not by its name. Only the first
 * four formats are supported.
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

  /** The number of a file's first bytes that are needed to recognize its format. */
  public static final int HEAD = 512;

  /** The length of the longest magic number of an archive that is text. */
  private static final int MAX_TEXT_MAGIC = 8;

  private static final int TAR_CHECKSUM = 148;
  private static final int TAR_CHECKSUM_END = 156;
  private static final int BZIP2_HEADER = 10;
  private static final int[] SKIPPABLE = {0x2a, 0x4d, 0x18};
  private static final int OCTAL = 8;
  private static final int BYTE = 0xff;

  private final String title;
  private final String unpackCommand;

  ContentFormat(String title, String unpackCommand) {
    this.title = title;
    this.unpackCommand = unpackCommand;
  }

  /** Returns the format of content that begins with these bytes. */
  public static ContentFormat of(byte[] head) {
    ContentFormat compressed = compression(head);
    if (compressed != null) {
      return compressed;
    }
    ContentFormat other = archive(head);
    return other != null ? other : isTar(head) ? TAR : encoding(head);
  }

  /** Content that is a prefix of a supported format's magic number is a truncated file. */
  private static @Nullable ContentFormat compression(byte[] head) {
    if (begins(head, 0x1f, 0x8b) || isTruncated(head, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (isBzip2(head) || isTruncated(head, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)
        || isTruncated(head, 0x28, 0xb5, 0x2f, 0xfd)
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

  /** Returns the format of an empty file, by the suffix of its name. */
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
    if (begins(head, '!', '<', 'a', 'r', 'c', 'h', '>', '\n')) {
      return AR;
    }
    if (isText(head)) {
      return null; // It begins with a name such as PARENT_ID.
    }
    if (begins(head, '0', '7', '0', '7', '0')) {
      return CPIO;
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

  /** Returns whether more than a magic number follows, and nothing of it is binary. */
  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return head.length > MAX_TEXT_MAGIC;
  }

  /** Recognizes byte-order marks, and ASCII in which every other byte is 0. */
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

  /** The magic number and a level, then the magic number of a block or of the end of the stream. */
  private static boolean isBzip2(byte[] head) {
    if (!begins(head, 'B', 'Z', 'h')) {
      return false;
    }
    if (head.length < BZIP2_HEADER) {
      return true; // Truncated within its header.
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

  /** Checks the checksum of the header, because early tar archives have no magic number. */
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

  private static boolean isTruncated(byte[] head, int... magic) {
    return head.length > 0
        && head.length < magic.length
        && begins(head, Arrays.copyOf(magic, head.length));
  }

  public boolean isSupported() {
    return compareTo(ZSTD) <= 0;
  }

  public boolean isCompression() {
    return isSupported() && this != PLAIN;
  }

  /** The error for a file of this format, without its subject. */
  public String error() {
    if (this == AVRO) {
      return "is " + title + "; " + advice();
    }
    return "is " + description() + ", which is not supported; " + advice();
  }

  /** The error for a compressed file whose content has this format, without its subject. */
  String errorWithin(ContentFormat outer) {
    return isSupported()
        ? "is compressed twice, with %s and %s, which is not supported; unpack it once"
            .formatted(outer.title, title)
        : "is %s compressed with %s, which is not supported; %s"
            .formatted(description(), outer.title, advice());
  }

  private String description() {
    boolean isCompression = compareTo(XZ) >= 0 && compareTo(SNAPPY) <= 0;
    return isCompression ? "compressed with " + title : title;
  }

  private String advice() {
    if (this == AVRO) {
      return "set records: avro in --format (propose does not read Avro)";
    }
    if (compareTo(PARQUET) >= 0 && compareTo(SEQUENCE_FILE) <= 0) {
      return "export it as lines of JSON";
    }
    String verb = compareTo(UTF_16) >= 0 ? "convert it to UTF-8" : "unpack it";
    return unpackCommand.isEmpty()
        ? verb
        : "%s, or pipe it: %s FILE | java -jar fortnight.jar --input=-"
            .formatted(verb, unpackCommand);
  }
}

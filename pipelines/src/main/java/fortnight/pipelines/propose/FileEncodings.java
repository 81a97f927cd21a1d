package fortnight.pipelines.propose;

import fortnight.transforms.formats.RecordEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The encoding of the files of an input: that of the first file in which it is certain. Files that
 * differ from it are left out, because one format cannot describe both.
 */
final class FileEncodings {
  private static final String ANY_ASCII = "US-ASCII";
  private static final String ANY_BYTES = "ISO-8859-1";
  private static final String UTF_8 = "UTF-8";

  private final List<String> leftOut = new ArrayList<>();
  private final List<String> uncertain = new ArrayList<>();
  private String first = "";
  private @Nullable RecordEncoding known;
  private String charset = ANY_ASCII;
  private boolean hasPoints;

  /**
   * Returns the encoding of a file that begins with these bytes; null if it is left out.
   *
   * @param name the name of the file
   */
  @Nullable RecordEncoding of(String name, byte[] head) {
    DetectedEncoding.Result detected = DetectedEncoding.of(head, true);
    if (!detected.isCertain()) {
      if (known == null && head.length > 0) {
        uncertain.add(name);
      }
      return known == null ? RecordEncoding.JSON : known;
    }
    String ofFile = charset(detected.encoding(), head);
    if (known == null) {
      first = name;
      known = detected.encoding();
      if (known instanceof RecordEncoding.Csv) {
        uncertain.forEach(file -> leftOut.add(file + " has too few rows of CSV"));
      }
    } else {
      String difference = difference(detected, ofFile);
      if (!difference.isEmpty()) {
        leftOut.add(name + " " + difference);
        return null;
      }
    }
    if (charset.equals(ANY_ASCII)) {
      charset = ofFile;
    }
    hasPoints |= detected.hasPoints();
    if (detected.encoding() instanceof RecordEncoding.Csv csv
        && csv.decimalComma()
        && known instanceof RecordEncoding.Csv all) {
      known = new RecordEncoding.Csv(all.delimiter(), all.charset(), all.columns(), true);
    }
    return detected.encoding();
  }

  /** Returns the charset of the first bytes of a file; ASCII can be in any. */
  private static String charset(RecordEncoding encoding, byte[] head) {
    boolean isMarked =
        encoding instanceof RecordEncoding.Csv csv && !csv.charset().equals(ANY_BYTES);
    if (isMarked) {
      return ((RecordEncoding.Csv) encoding).charset();
    }
    int end = head.length;
    while (end > 0 && head[end - 1] < 0) {
      end--; // Perhaps a part of a character.
    }
    byte[] whole = Arrays.copyOf(head, end);
    for (byte b : whole) {
      if (b < 0) {
        return DetectedEncoding.charsetOf(List.of(whole)).equals(UTF_8) ? UTF_8 : ANY_BYTES;
      }
    }
    return ANY_ASCII;
  }

  /** Returns how a file differs from the first one; empty if one format describes both. */
  private String difference(DetectedEncoding.Result file, String charsetOfFile) {
    if (!(known instanceof RecordEncoding.Csv expected)) {
      return file.encoding() instanceof RecordEncoding.Csv ? "is CSV" : "";
    }
    if (!(file.encoding() instanceof RecordEncoding.Csv csv)) {
      return "is JSON";
    }
    if (csv.delimiter() != expected.delimiter()) {
      return "has the delimiter " + (csv.delimiter() == '\t' ? "\\t" : csv.delimiter());
    }
    if (csv.hasHeader() != expected.hasHeader()) {
      return csv.hasHeader() ? "has a header" : "has no header";
    }
    if (!csv.hasHeader() && csv.columns().size() != expected.columns().size()) {
      return "has %d columns".formatted(csv.columns().size());
    }
    if (!isCompatible(charsetOfFile)) {
      return "is in " + charsetOfFile;
    }
    if (csv.decimalComma() && hasPoints) {
      return "has decimal commas";
    }
    return file.hasPoints() && expected.decimalComma() ? "has decimal points" : "";
  }

  private boolean isCompatible(String other) {
    boolean isWide = other.startsWith("UTF-16") || charset.startsWith("UTF-16");
    boolean isAscii = other.equals(ANY_ASCII) || charset.equals(ANY_ASCII);
    return other.equals(charset) || (isAscii && !isWide);
  }

  /** Returns the encoding of all files that are not left out; null if it is uncertain. */
  @Nullable RecordEncoding known() {
    return known;
  }

  /** Returns the first file whose encoding is certain. */
  String first() {
    return first;
  }

  /** Returns whether files are read as JSON because the encoding of no file is certain. */
  boolean isUncertain() {
    return known == null && !uncertain.isEmpty();
  }

  /** Returns the files that are left out, with the difference: {@code b.csv is JSON}. */
  List<String> leftOut() {
    return leftOut;
  }
}

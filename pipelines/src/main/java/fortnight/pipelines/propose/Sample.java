package fortnight.pipelines.propose;

import fortnight.common.cli.CommandException;
import fortnight.pipelines.files.FirstRecords;
import fortnight.pipelines.files.InputFile;
import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The first records of an input that are not blank, up to a number of records and of bytes. */
final class Sample implements FirstRecords.Receiver {
  private static final int MAX_RECORDS = 1_000;
  private static final int MAX_MIB = 64;
  private static final long MAX_BYTES = (long) MAX_MIB << 20;

  private static final int DETECTED_RECORDS = 20;
  private static final int MAX_SHOWN = 5;
  private static final String UNDECIDED_CHARSET = "ISO-8859-1";

  private final String input;
  private final List<Payload> records = new ArrayList<>();
  private final FileEncodings encodings = new FileEncodings();
  private long bytes;
  private boolean isPipeOpen;

  Sample(String input) {
    this.input = input;
  }

  @Override
  public boolean add(Payload record) {
    if (!record.isBlank()) {
      records.add(record);
      bytes += Math.min(record.size(), Payload.MAX_SIZE);
    }
    return records.size() < MAX_RECORDS && !isLimitedByBytes();
  }

  /**
   * Returns the encoding of a file that begins with these bytes; null if one format cannot describe
   * it and the first file.
   */
  @Override
  public @Nullable RecordEncoding encoding(InputFile file, byte[] head) {
    if (DetectedEncoding.isWideJson(head)) {
      throw CommandException.wrongFlags(
          List.of(
              "--input=%s: is JSON in UTF-16, which is not supported; convert it to UTF-8, or pipe"
                      .formatted(input)
                  + " it: iconv -f UTF-16 -t UTF-8 FILE | java -jar fortnight.jar --input=-"));
    }
    boolean isFirst = encodings.isUncertain();
    String name = file.origin().substring(0, file.origin().length() - 1);
    RecordEncoding encoding = encodings.of(name, head);
    if (isFirst && encodings.known() instanceof RecordEncoding.Csv) {
      records.clear(); // They are lines of files that are left out.
    }
    return encoding;
  }

  @Override
  public void endBeforePipe() {
    isPipeOpen = true;
  }

  /** Returns the rows if the records are CSV. */
  Optional<CsvSample> csv() {
    RecordEncoding known = encodings.known();
    if (known == null && !encodings.isUncertain()) {
      known = ofMessages();
    }
    if (!(known instanceof RecordEncoding.Csv csv)) {
      return Optional.empty();
    }
    if (!csv.charset().equals(UNDECIDED_CHARSET)) {
      return Optional.of(new CsvSample(csv, true));
    }
    List<byte[]> rows = new ArrayList<>(records.stream().map(Payload::bytes).toList());
    records.stream().limit(1).map(Payload::preamble).forEach(rows::add);
    String charset = DetectedEncoding.charsetOf(rows);
    return Optional.of(
        new CsvSample(
            new RecordEncoding.Csv(csv.delimiter(), charset, csv.columns(), csv.decimalComma()),
            charset.equals("UTF-8")));
  }

  /** Messages have no header. */
  private RecordEncoding ofMessages() {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    records.stream()
        .limit(DETECTED_RECORDS)
        .forEach(
            record -> {
              first.write(record.array(), record.from(), record.length());
              first.write('\n');
            });
    return DetectedEncoding.of(first.toByteArray(), false).encoding();
  }

  private boolean isLimitedByBytes() {
    return bytes >= MAX_BYTES;
  }

  /** Returns sentences about what of the input is not read. */
  List<String> limits() {
    List<String> limits = new ArrayList<>();
    String count = Comments.count(records.size());
    if (isLimitedByBytes()) {
      limits.add(
          "Only the first %s records are read, which have %d MiB.".formatted(count, MAX_MIB));
    }
    if (isPipeOpen) {
      limits.add("Only the first %s records are read%s.".formatted(count, whyNoMore()));
    }
    return limits;
  }

  /** Returns the end of a sentence if the input is a pipe that is open; otherwise empty. */
  String whyNoMore() {
    return isPipeOpen
        ? ", because the pipe is open and nothing followed for %d seconds"
            .formatted(SampleInput.MAX_IDLE.toSeconds())
        : "";
  }

  /** Returns a sentence about the files that are left out; empty if there are none. */
  Optional<String> leftOut() {
    List<String> files = encodings.leftOut();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    int shown = Math.min(MAX_SHOWN, files.size());
    String others = files.size() > shown ? ", and %s more".formatted(files.size() - shown) : "";
    return Optional.of(
        "Files that are not like %s are left out, and need a format of their own: %s%s."
            .formatted(encodings.first(), String.join(", ", files.subList(0, shown)), others));
  }

  List<Payload> records() {
    return records;
  }
}

package fortnight.pipelines.propose;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The first records of an input that are not blank, up to a number of records and of bytes. */
final class Sample {
  private static final int MAX_RECORDS = 1_000;
  private static final int MAX_MIB = 64;
  private static final long MAX_BYTES = (long) MAX_MIB << 20;

  private static final int DETECTED_RECORDS = 20;
  private static final String UNDECIDED_CHARSET = "ISO-8859-1";

  private final List<Payload> records = new ArrayList<>();
  private @Nullable RecordEncoding encoding;
  private long bytes;

  /** Adds a record; returns whether more records are needed. */
  boolean add(Payload record) {
    if (!record.isBlank()) {
      records.add(record);
      bytes += Math.min(record.size(), Payload.MAX_SIZE);
    }
    return records.size() < MAX_RECORDS && !isLimitedByBytes();
  }

  /** Returns the encoding of a file that begins with these bytes: that of the first file. */
  RecordEncoding encoding(byte[] head) {
    if (encoding == null && head.length > 0) {
      encoding = DetectedEncoding.of(head, true);
    }
    return encoding == null ? RecordEncoding.JSON : encoding;
  }

  /** Returns the rows if the records are CSV. */
  Optional<CsvSample> csv() {
    RecordEncoding known = encoding == null ? ofMessages() : encoding;
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
    return DetectedEncoding.of(first.toByteArray(), false);
  }

  boolean isLimitedByBytes() {
    return bytes >= MAX_BYTES;
  }

  /** Returns why there are no further records, if {@link #isLimitedByBytes}. */
  String limit() {
    return "Only the first %s records are read, which have %d MiB."
        .formatted(Comments.count(records.size()), MAX_MIB);
  }

  List<Payload> records() {
    return records;
  }
}

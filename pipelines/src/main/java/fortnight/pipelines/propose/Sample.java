package fortnight.pipelines.propose;

import fortnight.transforms.Payload;
import java.util.ArrayList;
import java.util.List;

/** The first records of an input that are not blank, up to a number of records and of bytes. */
final class Sample {
  private static final int MAX_RECORDS = 1_000;
  private static final int MAX_MIB = 64;
  private static final long MAX_BYTES = (long) MAX_MIB << 20;

  private final List<Payload> records = new ArrayList<>();
  private long bytes;

  /** Adds a record; returns whether more records are needed. */
  boolean add(Payload record) {
    if (!record.isBlank()) {
      records.add(record);
      bytes += Math.min(record.size(), Payload.MAX_SIZE);
    }
    return records.size() < MAX_RECORDS && !isLimitedByBytes();
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

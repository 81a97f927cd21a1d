package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the first records of files, without a pipeline. */
public final class FirstRecords {
  /** Positions of more parts than these would exceed a long. */
  private static final int MAX_PARTS = 1 << 18;

  private FirstRecords() {}

  /**
   * Returns the first lines of the files, in the order of the files, without blank ones.
   *
   * @param count the maximum number of lines
   * @throws IOException if a file cannot be read; names the file
   */
  public static List<Payload> of(List<InputFile> files, int count) throws IOException {
    List<FileParts.Part> all = FileParts.of(files).parts();
    List<FileParts.Part> parts = all.subList(0, Math.min(MAX_PARTS, all.size()));
    long end = FileParts.start(parts.size());
    List<Payload> records = new ArrayList<>();
    try (BatchReader reader = new BatchReader(parts, 0)) {
      BatchReader.Batch batch = reader.next(end);
      while (batch != null) {
        for (Payload line : batch.payloads().payloads()) {
          if (!line.isBlank()) {
            records.add(line);
          }
          if (records.size() == count) {
            return records;
          }
        }
        batch = reader.next(end);
      }
      return records;
    }
  }
}

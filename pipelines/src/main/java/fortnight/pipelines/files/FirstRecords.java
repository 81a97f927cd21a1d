package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the first records of files, without a pipeline. */
public final class FirstRecords {
  private FirstRecords() {}

  /**
   * Returns the first lines of the files, in the order of the files, without blank ones. Does not
   * wait for more bytes of a pipe once it has them.
   *
   * @param count the maximum number of lines, at least 1
   * @throws IOException if a file cannot be read; names the file
   */
  public static List<Payload> of(List<InputFile> files, int count) throws IOException {
    List<Payload> records = new ArrayList<>();
    for (InputFile file : files) {
      try (LineReader lines = OpenFiles.open(file, 0)) {
        Payload line = lines.next();
        while (line != null) {
          if (!line.isBlank()) {
            records.add(line);
          }
          if (records.size() == count) {
            return records;
          }
          line = lines.next();
        }
      } catch (IOException e) {
        throw BatchReader.cannotRead(file, e);
      }
    }
    return records;
  }
}

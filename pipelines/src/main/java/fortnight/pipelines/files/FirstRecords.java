package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Reads the first records of files, without a pipeline. */
public final class FirstRecords {
  private FirstRecords() {}

  /**
   * Reads the records of the files, in the order of the files, until the receiver returns false.
   * Does not wait for more bytes of a pipe then.
   *
   * @throws IOException if a file cannot be read; names the file
   */
  public static void forEachWhile(List<InputFile> files, Predicate<Payload> receiver)
      throws IOException {
    for (InputFile file : files) {
      try (RecordReader records = OpenFiles.open(file, 0)) {
        Payload record = records.next();
        while (record != null) {
          if (!receiver.test(record)) {
            return;
          }
          record = records.next();
        }
      } catch (IOException e) {
        throw BatchReader.cannotRead(file, e);
      }
    }
  }
}

package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the first records of files, without a pipeline. */
public final class FirstRecords {
  private FirstRecords() {}

  /**
   * Returns the preamble of the first record of each local file that can be read again, by the name
   * of the file. Files without records are omitted, and so are files that cannot be read, because
   * they fail the run.
   *
   * @param maxFiles the number of files after which no further ones are opened
   */
  public static SortedMap<String, byte[]> preambles(List<InputFile> files, int maxFiles) {
    SortedMap<String, byte[]> preambles = new ConcurrentSkipListMap<>();
    files.stream()
        .filter(file -> file.isLocal() && file.access() != InputFile.Access.ONCE)
        .limit(maxFiles)
        .parallel()
        .forEach(
            file -> {
              try (RecordReader records = OpenFiles.open(file, 0)) {
                Payload first = records.next();
                if (first != null) {
                  String origin = first.origin();
                  preambles.put(origin.substring(0, origin.length() - 1), first.preamble());
                }
              } catch (IOException e) {
                // The run reports it.
              }
            });
    return preambles;
  }

  /**
   * Reads the records of the files, in the order of the files, until the receiver returns false.
   * Does not wait for more bytes of a pipe then.
   *
   * @param encoding returns how the records of a file are encoded, given its first bytes
   * @throws IOException if a file cannot be read; names the file
   */
  public static void forEachWhile(
      List<InputFile> files, Function<byte[], RecordEncoding> encoding, Predicate<Payload> receiver)
      throws IOException {
    for (InputFile file : files) {
      try (RecordReader records = OpenFiles.open(file, encoding)) {
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

package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads the first records of files, without a pipeline. */
public final class FirstRecords {
  /** The number of files whose encoding is compared if their records are not needed. */
  private static final int MAX_COMPARED = 100;

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

  /** Receives the first records of files. */
  public interface Receiver {
    /** Returns how the records of a file are encoded; null to leave the file out. */
    @Nullable RecordEncoding encoding(InputFile file, byte[] head);

    /** Receives a record; returns whether more records are needed. */
    boolean add(Payload record);

    /** Is called if a pipe is not read to its end, because no further byte arrived. */
    void endBeforePipe();
  }

  /**
   * Reads the records of the files, in the order of the files, until the receiver needs no more. Of
   * the next files, only the first bytes are read then, to let the receiver compare their encoding.
   *
   * @param maxIdle how long to wait for further bytes of a pipe after the first ones
   * @throws IOException if a file cannot be read; names the file
   */
  public static void forEachWhile(List<InputFile> files, Duration maxIdle, Receiver receiver)
      throws IOException {
    int next = 0;
    boolean needsMore = true;
    while (next < files.size() && needsMore) {
      needsMore = forEachWhile(files.get(next), maxIdle, receiver);
      next++;
    }
    files.stream()
        .skip(next)
        .filter(file -> file.access() != InputFile.Access.ONCE)
        .limit(MAX_COMPARED)
        .forEach(file -> compareEncoding(file, receiver));
  }

  /** Returns whether more records are needed. */
  private static boolean forEachWhile(InputFile file, Duration maxIdle, Receiver receiver)
      throws IOException {
    AtomicBoolean isIdle = new AtomicBoolean();
    UnaryOperator<ReadableByteChannel> limited =
        pipe -> new IdleLimitedChannel(pipe, maxIdle, () -> isIdle.set(true));
    boolean needsMore = true;
    try (RecordReader records =
        OpenFiles.open(file, head -> receiver.encoding(file, head), limited)) {
      Payload record = records == null ? null : records.next();
      while (record != null && needsMore) {
        needsMore = receiver.add(record);
        record = needsMore ? records.next() : null;
      }
    } catch (IOException e) {
      if (!isIdle.get()) { // A compressed pipe that is idle looks truncated.
        throw BatchReader.cannotRead(file, e);
      }
    }
    if (isIdle.get()) {
      receiver.endBeforePipe();
    }
    return needsMore;
  }

  private static void compareEncoding(InputFile file, Receiver receiver) {
    try {
      RecordReader records =
          OpenFiles.open(file, head -> receiver.encoding(file, head), UnaryOperator.identity());
      if (records != null) {
        records.close();
      }
    } catch (IOException e) {
      // The run reports it.
    }
  }
}

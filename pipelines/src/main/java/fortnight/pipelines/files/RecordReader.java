package fortnight.pipelines.files;

import fortnight.transforms.Payload;
import java.io.Closeable;
import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Splits the content of a file into records, and provides their offsets. */
interface RecordReader extends Closeable {
  /** Returns the next record; null at the end of the file. */
  @Nullable Payload next() throws IOException;

  /**
   * The offset in the file up to which it was read. The next record begins there or, after a header
   * or blank rows of CSV, later.
   */
  long position();

  /** The offset in the file at which the last record began. */
  long lastPosition();

  /** Whether there is no further record. */
  boolean isAtEnd();
}

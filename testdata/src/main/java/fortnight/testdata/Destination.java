package fortnight.testdata;

import java.io.Closeable;
import java.io.IOException;

/** Where records go. */
interface Destination extends Receiver, Closeable {
  /** Hands on what was written so far. */
  void flush() throws IOException;

  /** Everything was written: hands on the rest, and learns whether it has arrived. */
  void finish() throws IOException;

  /** Gives what is finished its final name. */
  void complete() throws IOException;

  /** Lets go; what was not completed leaves nothing behind under its final name. */
  @Override
  void close() throws IOException;
}

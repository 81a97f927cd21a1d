package fortnight.pipelines.compression;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A stream as a channel that reads into arrays without a copy. */
public final class StreamChannel implements ReadableByteChannel {
  private final InputStream in;
  private boolean isOpen = true;

  public StreamChannel(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int count = in.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
    if (count > 0) {
      to.position(to.position() + count);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() throws IOException {
    isOpen = false;
    in.close();
  }
}

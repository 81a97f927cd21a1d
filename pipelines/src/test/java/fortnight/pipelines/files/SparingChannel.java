package fortnight.pipelines.files;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;

/** A channel that returns few bytes at a time, sometimes none. */
final class SparingChannel implements ReadableByteChannel {
  private final ByteBuffer bytes;
  private final int most;
  private final Random random;

  SparingChannel(byte[] bytes, int most, Random random) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.most = most;
    this.random = random;
  }

  @Override
  public int read(ByteBuffer target) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(random.nextInt(most + 1), target.remaining());
    ByteBuffer some = bytes.slice(bytes.position(), Math.min(count, bytes.remaining()));
    bytes.position(bytes.position() + some.remaining());
    int given = some.remaining();
    target.put(some);
    return given;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}

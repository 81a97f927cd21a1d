package fortnight.pipelines.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Decompresses all frames of a Zstandard file, and skips skippable frames. The end of the input
 * within a frame is an error.
 */
final class ZstdFramesInputStream extends InputStream {
  private static final int BUFFER = 1 << 17;
  private static final int BYTE = 0xff;

  /** Direct buffers are reused, because they are expensive to allocate and are freed late. */
  private static final Queue<ByteBuffer> FREE = new ConcurrentLinkedQueue<>();

  private final InputStream in;
  private final byte[] copy = new byte[1 << 14];
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer source = take();
  private final ByteBuffer content = take();

  private boolean isAtFrameEnd;
  private boolean isAtEnd;
  private boolean isClosed;

  ZstdFramesInputStream(InputStream in) {
    this.in = in;
    source.limit(0);
    content.limit(0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!content.hasRemaining()) {
      if (!source.hasRemaining() && !isAtEnd) {
        fill();
      }
      if (isAtEnd && isAtFrameEnd && !source.hasRemaining()) {
        return -1;
      }
      decompress();
      if (!content.hasRemaining() && isAtEnd && !isAtFrameEnd && !source.hasRemaining()) {
        throw new EOFException();
      }
    }
    int count = Math.min(length, content.remaining());
    content.get(bytes, from, count);
    return count;
  }

  private void fill() throws IOException {
    int count = in.read(copy, 0, copy.length);
    source.clear();
    source.put(copy, 0, Math.max(0, count));
    source.flip();
    isAtEnd = count < 0;
  }

  private void decompress() throws IOException {
    content.clear();
    try {
      isAtFrameEnd = context.decompressDirectByteBufferStream(content, source);
    } catch (ZstdException e) {
      throw new IOException(
          "its compressed data is damaged, or needs more memory or a dictionary (Zstandard: "
              + e.getMessage()
              + ")",
          e);
    } finally {
      content.flip();
    }
  }

  private static ByteBuffer take() {
    ByteBuffer free = FREE.poll();
    return free == null ? ByteBuffer.allocateDirect(BUFFER) : free.clear();
  }

  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    isClosed = true;
    context.close();
    FREE.add(source);
    FREE.add(content);
    in.close();
  }
}

package fortnight.pipelines.compression;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Decompresses all streams of a bzip2 file. A failure of the decompressor after the end of its
 * input was reached is reported as an {@link EOFException}, because bytes are missing.
 */
final class Bzip2StreamsInputStream extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int BYTE = 0xff;

  private final Source source;
  private final InputStream content;

  Bzip2StreamsInputStream(InputStream in) throws IOException {
    source = new Source(new BufferedInputStream(in, BUFFER));
    try {
      content = new BZip2CompressorInputStream(source, true);
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  /** Records whether the end of the input was reached. */
  private static final class Source extends FilterInputStream {
    private boolean isExhausted;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return checkEnd(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return checkEnd(super.read(bytes, from, length));
    }

    private int checkEnd(int result) {
      isExhausted |= result < 0;
      return result;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return content.read(bytes, from, length);
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  private IOException failure(Exception e) {
    if (source.isExhausted) {
      EOFException end = new EOFException();
      end.initCause(e);
      return end;
    }
    return new IOException("its compressed data is damaged (bzip2: " + e.getMessage() + ")", e);
  }

  @Override
  public void close() throws IOException {
    content.close();
    source.close();
  }
}

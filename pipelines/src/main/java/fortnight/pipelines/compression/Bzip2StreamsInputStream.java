package fortnight.pipelines.compression;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Decompresses bzip2: every stream, however many there are. A failure after the last byte has been
 * asked for means that bytes are missing, whatever the decompressor calls it.
 */
public final class Bzip2StreamsInputStream extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int BYTE = 0xff;

  private final Source source;
  private final InputStream content;

  /** Reads from the first byte of the first stream on. */
  public Bzip2StreamsInputStream(InputStream in) throws IOException {
    source = new Source(new BufferedInputStream(in, BUFFER));
    try {
      content = new BZip2CompressorInputStream(source, true);
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  /** Knows whether it was asked for more than there is. */
  private static final class Source extends FilterInputStream {
    private boolean isExhausted;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return noting(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return noting(super.read(bytes, from, length));
    }

    private int noting(int result) {
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

package fortnight.pipelines.compression;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/** Decompresses the blocks of Avro files. */
public enum BlockCodec {
  NULL {
    @Override
    byte[] content(byte[] stored) {
      return stored;
    }
  },
  DEFLATE {
    @Override
    byte[] content(byte[] stored) throws IOException {
      Inflater inflater = new Inflater(true);
      try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(stored), inflater)) {
        return readAll(in);
      } finally {
        inflater.end();
      }
    }
  },
  BZIP2 {
    @Override
    byte[] content(byte[] stored) throws IOException {
      try (InputStream in = new Bzip2StreamsInputStream(new ByteArrayInputStream(stored))) {
        return readAll(in);
      }
    }
  },
  ZSTANDARD {
    @Override
    byte[] content(byte[] stored) throws IOException {
      try (InputStream in = new ZstdFramesInputStream(new ByteArrayInputStream(stored))) {
        return readAll(in);
      }
    }
  },
  SNAPPY {
    /** The checksum of the content follows the compressed bytes. */
    @Override
    byte[] content(byte[] stored) throws IOException {
      int size = stored.length - CHECKSUM_BYTES;
      if (size < 0) {
        throw new IOException("it has no checksum");
      }
      int length = Snappy.uncompressedLength(stored, 0, size);
      if (length < 0 || length > MAX_SIZE) {
        throw tooLarge();
      }
      byte[] content = new byte[length];
      Snappy.uncompress(stored, 0, size, content, 0);
      CRC32 checksum = new CRC32();
      checksum.update(content);
      long expected = 0;
      for (int i = size; i < stored.length; i++) {
        expected = (expected << Byte.SIZE) | (stored[i] & BYTE);
      }
      if (checksum.getValue() != expected) {
        throw new IOException("its checksum is wrong");
      }
      return content;
    }
  };

  /** The maximum size of a block; writers make blocks of some KiB to a few MiB. */
  public static final int MAX_SIZE = 1 << 28;

  private static final int CHECKSUM_BYTES = 4;
  private static final int BYTE = 0xff;

  abstract byte[] content(byte[] stored) throws IOException;

  /**
   * Returns the codec with a name.
   *
   * @throws IOException if it is not supported
   */
  public static BlockCodec named(String name) throws IOException {
    return Arrays.stream(values())
        .filter(codec -> codec.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "its codec "
                        + name
                        + " is not supported; write it with deflate, snappy, zstandard, or bzip2"));
  }

  private String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the content of a block.
   *
   * @throws IOException if the block is damaged
   */
  public byte[] decompress(byte[] stored) throws IOException {
    try {
      return content(stored);
    } catch (IOException e) {
      String reason = Objects.toString(e.getMessage(), "a block is not complete");
      throw new IOException("its compressed data is damaged (" + title() + ": " + reason + ")", e);
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_SIZE + 1);
    if (content.length > MAX_SIZE) {
      throw tooLarge();
    }
    return content;
  }

  private static IOException tooLarge() {
    return new IOException("a block of more than " + MAX_SIZE + " bytes");
  }
}

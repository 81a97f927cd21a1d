package fortnight.pipelines;

import fortnight.transforms.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes a row's place and its JSON. */
final class RowCoder extends AtomicCoder<Row> {
  private static final long serialVersionUID = 1;

  static final RowCoder INSTANCE = new RowCoder();

  private static final int VERSION = 1;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private RowCoder() {}

  @Override
  public void encode(Row row, OutputStream out) throws IOException {
    out.write(VERSION);
    TEXT.encode(row.file(), out);
    TEXT.encode(row.origin(), out);
    BigEndianLongCoder.of().encode(row.position(), out);
    Scope.coder().encode(row.scope(), out);
    TEXT.encode(row.timing(), out);
    TEXT.encode(row.json(), out);
  }

  @Override
  public Row decode(InputStream in) throws IOException {
    int version = in.read();
    if (version != VERSION) {
      throw new CoderException("a row of version " + version + ", of which nothing is known");
    }
    return new StoredRow(
        TEXT.decode(in),
        TEXT.decode(in),
        BigEndianLongCoder.of().decode(in),
        Scope.coder().decode(in),
        TEXT.decode(in),
        TEXT.decode(in));
  }
}

package fortnight.transforms.parse;

import fortnight.transforms.formats.RecordFormat;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Fast path for well-formed records; returns null for all others, which {@link JacksonParser}
 * parses or rejects.
 *
 * <p>Accepts objects with any fields in any order. The keys of each object are learned ({@link
 * LearnedKeys}), so that those of the next record are compared, not parsed. The values of fields
 * that the format does not need are skipped and validated ({@link JsonText}). Not accepted are
 * records with a repeated field of the format or an escape in its value, transactions with a field
 * of another JSON type, and everything that is invalid.
 *
 * <p>Instances may be shared by threads.
 */
final class FastParser implements Serializable {
  private static final long serialVersionUID = 1;

  private final FieldTree tree;
  private final RecordFormat format;
  private final TimestampParser timestamps;

  FastParser(RecordFormat format, FieldTree tree, TimestampParser timestamps) {
    this.tree = tree;
    this.format = format;
    this.timestamps = timestamps;
  }

  /** Returns the parsed record; null if it is not accepted. */
  @Nullable ParsedRecord parse(byte[] array, int from, int length) {
    return new FastRecord(tree, format, timestamps, array, from + length).parse(from);
  }
}

package fortnight.transforms.formats;

import java.io.Serializable;

/** Where the value of a field comes from: a path in the record, or a constant. */
public sealed interface FieldValue extends Serializable permits FieldPath, FieldValue.Constant {

  /** The same value for every record. */
  record Constant(String text) implements FieldValue {
    private static final long serialVersionUID = 1;

    /** Returns the constant as written in a format. */
    @Override
    public String toString() {
      return '"' + text + '"';
    }
  }
}

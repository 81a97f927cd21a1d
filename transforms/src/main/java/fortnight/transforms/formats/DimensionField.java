package fortnight.transforms.formats;

import fortnight.transforms.Id;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A dimension of a format, and where its value is in a record. */
public record DimensionField(String name, FieldValue value) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Returns whether each line item has a value of its own. */
  public boolean isOfLineItems() {
    return value instanceof FieldPath path && path.isInLineItem();
  }

  /** Returns the value of each record; null if it is a field. */
  public @Nullable Id constant() {
    return value instanceof FieldValue.Constant constant ? Id.ofString(constant.text()) : null;
  }
}

package fortnight.transforms.avro;

import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of an object that are decoded; all others are skipped. */
public interface FieldSelection {
  /** Returns what is decoded of the field with this name; null if the field is skipped. */
  @Nullable FieldSelection child(String name);
}

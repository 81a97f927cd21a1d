package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.transforms.parse.ByteScanner.Literal;
import java.util.Locale;

/** A field of a record. */
@SuppressWarnings("ImmutableEnumChecker") // Literal has an array, but is not modified.
enum Field {
  TRANSACTION_ID,
  CUSTOMER_ID,
  TIMESTAMP,
  LINE_ITEMS,
  ITEM_ID,
  QUANTITY;

  private final Literal quoted =
      new Literal(('"' + name().toLowerCase(Locale.ROOT) + '"').getBytes(US_ASCII));

  /** Returns the field name in quotes. */
  Literal quoted() {
    return quoted;
  }

  /** Returns whether this is a field of a line item. */
  boolean isInItem() {
    return this == ITEM_ID || this == QUANTITY;
  }
}

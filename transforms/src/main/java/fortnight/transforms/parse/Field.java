package fortnight.transforms.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fortnight.transforms.parse.ByteScanner.Literal;
import java.util.Locale;

/** A field of a record, and how it is named there. */
@SuppressWarnings("ImmutableEnumChecker") // A literal never changes, but has an array.
enum Field {
  TRANSACTION_ID,
  CUSTOMER_ID,
  TIMESTAMP,
  LINE_ITEMS,
  ITEM_ID,
  QUANTITY;

  private final Literal quoted =
      new Literal(('"' + name().toLowerCase(Locale.ROOT) + '"').getBytes(US_ASCII));

  /** Its name with quotes. */
  Literal quoted() {
    return quoted;
  }

  /** Whether it is a field of a line item. */
  boolean isInItem() {
    return this == ITEM_ID || this == QUANTITY;
  }
}

package fortnight.transforms.parse;

import com.fasterxml.jackson.core.JsonParser;
import fortnight.transforms.Id;
import fortnight.transforms.Int128;
import fortnight.transforms.LineItem;
import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.Money;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The values of the line item at which {@link JacksonParser} is. */
final class JacksonLineItem {
  private final RecordFormat format;
  private final FieldTree tree;

  private boolean hasItem;
  private @Nullable Id item;
  private boolean hasQuantity;
  private long quantity;
  private boolean hasPrice;
  private long price;
  private final Id[] dimensions;

  JacksonLineItem(RecordFormat format, FieldTree tree) {
    this.format = format;
    this.tree = tree;
    this.dimensions = new Id[tree.itemDimensions.length];
    clear();
  }

  /** Forgets all values, for the next line item. */
  void clear() {
    item = tree.constantItem;
    hasItem = item != null;
    hasQuantity = tree.constantQuantity != null;
    quantity = hasQuantity ? tree.constantQuantity : 0;
    hasPrice = tree.constantPrice != null || format.money() == null;
    price = tree.constantPrice == null ? 0 : tree.constantPrice;
    for (int i = 0; i < dimensions.length; i++) {
      Id constant = tree.constantItemDimensions[i];
      dimensions[i] = constant == null ? Id.NULL : constant;
    }
  }

  /** Forgets the value of a slot. */
  void clear(int slot) {
    hasItem &= slot != tree.item;
    hasQuantity &= slot != tree.quantity;
    hasPrice &= slot != tree.price;
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = slot == tree.itemDimensions[i] ? Id.NULL : dimensions[i];
    }
  }

  /** Sets the current value for all fields that are in a slot. */
  void set(int slot, JsonParser json) throws IOException, Rejection {
    if (slot == tree.item) {
      hasItem = true;
      item = null;
      item = JacksonValues.id(json);
    }
    if (slot == tree.quantity) {
      hasQuantity = true;
      quantity = JacksonValues.quantity(json, format.quantityDecimals());
    }
    Money money = format.money();
    if (slot == tree.price && money != null) {
      hasPrice = true;
      price = JacksonValues.price(json, money);
    }
    for (int i = 0; i < dimensions.length; i++) {
      if (slot == tree.itemDimensions[i]) {
        dimensions[i] = JacksonValues.dimension(json);
      }
    }
  }

  /** Returns the first field that has no value; null if there is none. */
  @Nullable FieldPath missing() {
    if (!hasItem) {
      return (FieldPath) format.item();
    }
    if (!hasQuantity) {
      return (FieldPath) format.quantity();
    }
    return hasPrice ? null : (FieldPath) format.money().value();
  }

  /**
   * Returns the line item; null after a fault.
   *
   * @throws Rejection if the amount is too large
   */
  @Nullable LineItem lineItem() throws Rejection {
    if (item == null) {
      return null;
    }
    Int128 amount = format.money() == null ? Int128.ZERO : format.amount(quantity, price);
    if (amount == null) {
      throw Decimals.tooLarge(quantity, price, format);
    }
    return LineItem.of(item, quantity, amount, List.of(dimensions));
  }
}

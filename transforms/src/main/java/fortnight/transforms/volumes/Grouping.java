package fortnight.transforms.volumes;

import fortnight.common.Analysis;
import fortnight.transforms.Id;
import fortnight.transforms.LineItem;
import fortnight.transforms.Transaction;
import java.io.Serializable;

/**
 * A dimension by whose values volumes are summed.
 *
 * @param isOfLineItems whether each line item has a value of its own, rather than each record
 * @param index the position of the value in the list of the line item or the transaction
 */
public record Grouping(String dimension, boolean isOfLineItems, int index) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The built-in dimension: the item of each line item. */
  static final Grouping ITEMS = new Grouping(Analysis.PRODUCT, true, -1);

  Id of(LineItem lineItem) {
    return index < 0 ? lineItem.item() : lineItem.dimensions().get(index);
  }

  Id of(Transaction transaction) {
    return transaction.dimensions().get(index);
  }
}

package fortnight.transforms.volumes;

import fortnight.transforms.Measure;
import fortnight.transforms.Scope;
import java.io.Serializable;
import java.util.List;

/** The measures that are compared, by scope. */
record Measures(List<Measure> ofShop) implements Serializable {
  private static final List<Measure> OF_ITEM = List.of(Measure.UNITS);

  static Measures of(boolean withCustomers) {
    return new Measures(
        withCustomers
            ? List.of(Measure.TRANSACTIONS, Measure.CUSTOMERS)
            : List.of(Measure.TRANSACTIONS));
  }

  List<Measure> of(Scope scope) {
    return scope.isShop() ? ofShop : OF_ITEM;
  }
}

package fortnight.pipelines;

import fortnight.transforms.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The questions that the pipeline answers; each has its result file. */
enum Analysis {
  /** What did the shop sell in each period? */
  WEEKLY_VOLUME("weekly-volume"),
  /** How did the shop's transactions change from one period to the next? */
  VOLUME_CHANGE("volume-change"),
  /** What did each product sell in each period? */
  PRODUCT_VOLUME("product-volume"),
  /** How did each product's units change from one period to the next? */
  PRODUCT_VOLUME_CHANGE("product-volume-change");

  private final String title;

  Analysis(String title) {
    this.title = title;
  }

  /** As flags, files and topics name it. */
  String title() {
    return title;
  }

  /** Whether its windows are pairs of periods. */
  boolean isChange() {
    return this == VOLUME_CHANGE || this == PRODUCT_VOLUME_CHANGE;
  }

  static Analysis volumeOf(Scope scope) {
    return scope.isShop() ? WEEKLY_VOLUME : PRODUCT_VOLUME;
  }

  static Analysis changeOf(Scope scope) {
    return scope.isShop() ? VOLUME_CHANGE : PRODUCT_VOLUME_CHANGE;
  }

  static Optional<Analysis> titled(String title) {
    return Arrays.stream(values()).filter(analysis -> analysis.title.equals(title)).findFirst();
  }

  static List<String> titles() {
    return Arrays.stream(values()).map(Analysis::title).toList();
  }
}

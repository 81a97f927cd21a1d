package fortnight.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The analyses of the contract whose rows a report shows. */
public enum Result {
  /** What did the shop sell in each period? */
  WEEKLY_VOLUME("weekly-volume"),
  /** How did the shop's transactions change from one period to the next? */
  VOLUME_CHANGE("volume-change"),
  /** What did each product sell in each period? */
  PRODUCT_VOLUME("product-volume"),
  /** How did each product's units change from one period to the next? */
  PRODUCT_VOLUME_CHANGE("product-volume-change");

  private final String title;

  Result(String title) {
    this.title = title;
  }

  /** As flags, files and topics name it. */
  public String title() {
    return title;
  }

  /** The result of this name; empty where it is none of the contract's. */
  public static Optional<Result> titled(String title) {
    return Arrays.stream(values()).filter(result -> result.title.equals(title)).findFirst();
  }

  /** What a row of it tells, beside its window and its item; {@link #times} stand at the end. */
  List<String> numbers() {
    return switch (this) {
      case WEEKLY_VOLUME -> List.of("transactions", "line_items", "units");
      case PRODUCT_VOLUME -> List.of("line_items", "units");
      case VOLUME_CHANGE, PRODUCT_VOLUME_CHANGE -> List.of("current", "previous");
    };
  }

  List<String> times() {
    return this == WEEKLY_VOLUME ? List.of("first_transaction", "last_transaction") : List.of();
  }

  boolean isChange() {
    return this == VOLUME_CHANGE || this == PRODUCT_VOLUME_CHANGE;
  }

  boolean isOfItems() {
    return this == PRODUCT_VOLUME || this == PRODUCT_VOLUME_CHANGE;
  }

  /** The fields between which the row's numbers lie; of a change those of its current period. */
  String start() {
    return isChange() ? "current_start" : "window_start";
  }

  String end() {
    return isChange() ? "current_end" : "window_end";
  }
}

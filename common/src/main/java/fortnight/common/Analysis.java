package fortnight.common;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The analyses that the pipeline makes; each has its result file, topic or table. */
public enum Analysis {
  /** What the shop sold in each period. */
  WEEKLY_VOLUME("weekly-volume", false, false),
  /** How the shop's transactions changed from one period to the next. */
  VOLUME_CHANGE("volume-change", true, false),
  /** What was sold of each product in each period. */
  PRODUCT_VOLUME("product-volume", false, true),
  /** How each product's units changed from one period to the next. */
  PRODUCT_VOLUME_CHANGE("product-volume-change", true, true),
  /** How many distinct customers bought in each period. */
  WEEKLY_CUSTOMERS("weekly-customers", false, false),
  /** How the number of distinct customers changed from one period to the next. */
  CUSTOMER_CHANGE("customer-change", true, false);

  /** The result that holds rejected records. */
  public static final String DEAD_LETTERS = "dead-letters";

  private final String title;
  private final boolean isChange;
  private final boolean isOfItems;

  Analysis(String title, boolean isChange, boolean isOfItems) {
    this.title = title;
    this.isChange = isChange;
    this.isOfItems = isOfItems;
  }

  /** The name in flags, files and topics. */
  public String title() {
    return title;
  }

  /** Whether its windows are pairs of periods. */
  public boolean isChange() {
    return isChange;
  }

  /** Whether it has rows of items, rather than of the shop. */
  public boolean isOfItems() {
    return isOfItems;
  }

  /** The analysis with this title; empty if there is none. */
  public static Optional<Analysis> titled(String title) {
    return Arrays.stream(values()).filter(analysis -> analysis.title.equals(title)).findFirst();
  }

  public static List<String> titles() {
    return Arrays.stream(values()).map(Analysis::title).toList();
  }
}

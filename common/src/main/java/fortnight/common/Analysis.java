package fortnight.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An analysis that the pipeline makes; each has its result file, topic or table.
 *
 * @param title the name in flags, files and topics
 * @param dimension what the rows are grouped by: {@link #SHOP}, {@link #PRODUCT}, or the name of a
 *     dimension of the format
 * @param measure what a change compares; of other rows, what they count
 */
public record Analysis(String title, Rows rows, String dimension, Measure measure) {
  /** The dimension of rows of the whole shop. */
  public static final String SHOP = "";

  /** The dimension of rows of items. */
  public static final String PRODUCT = "product";

  /** What was sold in each period. */
  public static final Analysis WEEKLY_VOLUME =
      new Analysis("weekly-volume", Rows.VOLUMES, SHOP, Measure.TRANSACTIONS);

  /** How the shop's transactions changed from one period to the next. */
  public static final Analysis VOLUME_CHANGE =
      new Analysis("volume-change", Rows.CHANGES, SHOP, Measure.TRANSACTIONS);

  /** How the shop's revenue changed from one period to the next. */
  public static final Analysis REVENUE_CHANGE =
      new Analysis("revenue-change", Rows.CHANGES, SHOP, Measure.REVENUE);

  /** What was sold of each product in each period. */
  public static final Analysis PRODUCT_VOLUME = volumeBy(PRODUCT);

  /** How each product's units changed from one period to the next. */
  public static final Analysis PRODUCT_VOLUME_CHANGE = changeBy(PRODUCT);

  /** How many distinct customers bought in each period. */
  public static final Analysis WEEKLY_CUSTOMERS =
      new Analysis("weekly-customers", Rows.CUSTOMERS, SHOP, Measure.CUSTOMERS);

  /** How the number of distinct customers changed from one period to the next. */
  public static final Analysis CUSTOMER_CHANGE =
      new Analysis("customer-change", Rows.CHANGES, SHOP, Measure.CUSTOMERS);

  /** The changes of products and dimensions that are unusually large. */
  public static final Analysis OUTLIERS =
      new Analysis("outliers", Rows.OUTLIERS, SHOP, Measure.UNITS);

  /** The result that holds rejected records. */
  public static final String DEAD_LETTERS = "dead-letters";

  private static final Pattern BY_DIMENSION =
      Pattern.compile("([a-z][a-z0-9_]*)-(volume|volume-change|revenue-change)");

  /** The kinds of rows. */
  public enum Rows {
    /** The sums of a period. */
    VOLUMES,
    /** The distinct customers of a period. */
    CUSTOMERS,
    /** Comparisons of two periods. */
    CHANGES,
    /** Comparisons of two periods, of several analyses. */
    OUTLIERS
  }

  /** What was sold in each period, by the values of a dimension. */
  public static Analysis volumeBy(String dimension) {
    return new Analysis(dimension + "-volume", Rows.VOLUMES, dimension, Measure.UNITS);
  }

  /** How the units of each value of a dimension changed from one period to the next. */
  public static Analysis changeBy(String dimension) {
    return new Analysis(dimension + "-volume-change", Rows.CHANGES, dimension, Measure.UNITS);
  }

  /** How the revenue of each value of a dimension changed from one period to the next. */
  public static Analysis revenueChangeBy(String dimension) {
    return new Analysis(dimension + "-revenue-change", Rows.CHANGES, dimension, Measure.REVENUE);
  }

  /**
   * The analyses that a run makes unless some are chosen.
   *
   * @param hasRevenue whether line items have prices
   * @param dimensions the names of dimensions beside {@link #PRODUCT}
   */
  public static List<Analysis> present(boolean hasRevenue, List<String> dimensions) {
    List<Analysis> present = new ArrayList<>(List.of(WEEKLY_VOLUME, VOLUME_CHANGE));
    if (hasRevenue) {
      present.add(REVENUE_CHANGE);
    }
    List<String> all = new ArrayList<>(List.of(PRODUCT));
    all.addAll(dimensions);
    for (String dimension : all) {
      present.add(volumeBy(dimension));
      present.add(changeBy(dimension));
      if (hasRevenue) {
        present.add(revenueChangeBy(dimension));
      }
    }
    return List.copyOf(present);
  }

  /** The analyses that a run makes only if they are chosen. */
  public static List<Analysis> onRequest() {
    return List.of(WEEKLY_CUSTOMERS, CUSTOMER_CHANGE, OUTLIERS);
  }

  /** Whether its windows are pairs of periods. */
  public boolean isChange() {
    return rows == Rows.CHANGES || rows == Rows.OUTLIERS;
  }

  /** Whether it has rows of the whole shop, rather than of products or of a dimension. */
  public boolean isOfShop() {
    return dimension.equals(SHOP) && rows != Rows.OUTLIERS;
  }

  /** The field of a row with the value of the dimension. */
  public static String fieldOf(String dimension) {
    return dimension.equals(PRODUCT) ? "item_id" : dimension;
  }

  /** The analysis with this title, of any dimension; empty if there is none. */
  public static Optional<Analysis> titled(String title) {
    List<Analysis> withoutDimension =
        List.of(
            WEEKLY_VOLUME,
            VOLUME_CHANGE,
            REVENUE_CHANGE,
            WEEKLY_CUSTOMERS,
            CUSTOMER_CHANGE,
            OUTLIERS);
    for (Analysis analysis : withoutDimension) {
      if (analysis.title.equals(title)) {
        return Optional.of(analysis);
      }
    }
    Matcher matcher = BY_DIMENSION.matcher(title);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String dimension = matcher.group(1);
    return Optional.of(
        switch (matcher.group(2)) {
          case "volume" -> volumeBy(dimension);
          case "volume-change" -> changeBy(dimension);
          default -> revenueChangeBy(dimension);
        });
  }

  @Override
  public String toString() {
    return title;
  }
}

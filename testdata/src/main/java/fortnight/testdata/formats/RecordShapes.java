package fortnight.testdata.formats;

import java.util.List;

/** The shapes of all formats. */
public final class RecordShapes {
  /** The format of the talk, which is the default. */
  public static final RecordShape FORTNIGHT = new FortnightFormat(false);

  /** The same format with the store, and the price and category of each line item. */
  public static final RecordShape FORTNIGHT_WITH_PRICES = new FortnightFormat(true);

  private static final List<RecordShape> ALL =
      List.of(
          FORTNIGHT,
          new ShopifyFormat(),
          new SquareFormat(),
          new StripeFormat(),
          new SegmentFormat(),
          new Ga4Format(),
          new UciFormat());

  private RecordShapes() {}

  /** The names of all formats. */
  public static List<String> names() {
    return ALL.stream().map(RecordShape::name).toList();
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RecordShape named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown format"));
  }
}

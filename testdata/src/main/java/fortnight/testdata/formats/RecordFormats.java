package fortnight.testdata.formats;

import java.util.List;

/** All formats of records. */
public final class RecordFormats {
  /** The format of the talk, which is the default. */
  public static final RecordFormat FORTNIGHT = new FortnightFormat();

  private static final List<RecordFormat> ALL =
      List.of(
          FORTNIGHT,
          new ShopifyFormat(),
          new SquareFormat(),
          new StripeFormat(),
          new SegmentFormat(),
          new Ga4Format());

  private RecordFormats() {}

  /** The names of all formats. */
  public static List<String> names() {
    return ALL.stream().map(RecordFormat::name).toList();
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RecordFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown format"));
  }
}

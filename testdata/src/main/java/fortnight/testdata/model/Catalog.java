package fortnight.testdata.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The products of the shop: item ids from 1, first the seasonal products, then brand after brand of
 * the four categories. The last brand may be incomplete.
 */
public final class Catalog {
  private static final int SEASONAL = SeasonalProduct.ALL.size();
  private static final int PER_BRAND = Category.ALL.stream().mapToInt(Category::products).sum();

  private static final List<String> BRANDS_FIRST =
      List.of(
          "Happy", "Noble", "Sunny", "Golden", "Merry", "Gentle", "Lucky", "Quiet", "Brave",
          "Silver", "Wild", "Honest", "Little", "Grand", "Royal", "Simple");
  private static final List<String> BRANDS_SECOND =
      List.of(
          "Paws", "Meadow", "Whisker", "Hound", "Harbor", "Orchard", "Tails", "Hearth", "Prairie",
          "Fang", "Willow", "Summit", "Burrow", "Kennel", "Lantern", "Creek");

  /** One complete brand, so that every category has a product in every pack. */
  public static final int MIN_SIZE = SEASONAL + PER_BRAND;

  private final int products;
  private final int brands;

  public Catalog(int products) {
    this.products = products;
    this.brands = (products - SEASONAL + PER_BRAND - 1) / PER_BRAND;
  }

  /** Draws a product of a category by the weights of a profile. */
  Choice choose(Category category, Profile profile, RandomStream random) {
    while (true) {
      int brand = profile.choose(category, Profile.Field.BRAND, brands, random);
      int variant =
          profile.choose(category, Profile.Field.VARIANT, category.variants().size(), random);
      int pack = profile.choose(category, Profile.Field.PACK, category.packs().size(), random);
      int item = item(brand, category, variant, pack);
      if (item <= products) {
        return new Choice(item, category.packs().get(pack));
      }
    }
  }

  private static int item(int brand, Category category, int variant, int pack) {
    return 1
        + SEASONAL
        + brand * PER_BRAND
        + category.shelf()
        + variant * category.packs().size()
        + pack;
  }

  public int size() {
    return products;
  }

  /** Every product, by item id. */
  Stream<Product> products() {
    Stream<Product> seasonal =
        SeasonalProduct.ALL.stream()
            .map(
                product ->
                    new Product(
                        product.item(), product.title(), "Seasonal", product.season().toString()));
    Stream<Product> branded = IntStream.range(0, brands).boxed().flatMap(Catalog::productsOfBrand);
    return Stream.concat(seasonal, branded).limit(products);
  }

  private static Stream<Product> productsOfBrand(int brand) {
    return Category.ALL.stream()
        .flatMap(
            category ->
                IntStream.range(0, category.products())
                    .mapToObj(
                        index ->
                            product(
                                brand,
                                category,
                                index / category.packs().size(),
                                index % category.packs().size())));
  }

  private static Product product(int brand, Category category, int variant, int pack) {
    String name =
        "%s %s %s, %s %s"
            .formatted(
                brandName(brand),
                category.variants().get(variant),
                category.title(),
                amount(category.packs().get(pack)),
                category.unit());
    return new Product(item(brand, category, variant, pack), name, category.title(), null);
  }

  private static String brandName(int brand) {
    int pair = brand % (BRANDS_FIRST.size() * BRANDS_SECOND.size());
    String first = BRANDS_FIRST.get(pair % BRANDS_FIRST.size());
    String second = BRANDS_SECOND.get((pair + pair / BRANDS_SECOND.size()) % BRANDS_SECOND.size());
    int round = brand / (BRANDS_FIRST.size() * BRANDS_SECOND.size());
    return first + " " + second + (round == 0 ? "" : " " + (round + 1));
  }

  private static String amount(double pack) {
    return pack == Math.rint(pack) ? Long.toString((long) pack) : Double.toString(pack);
  }

  /** Writes a JSON object per line: {@code item_id, name, category, season}. */
  public void writeTo(OutputStream bytes) throws IOException {
    JsonLines lines = new JsonLines(bytes);
    for (Iterator<Product> all = products().iterator(); all.hasNext(); ) {
      Product product = all.next();
      lines
          .start()
          .field("item_id", product.item)
          .field("name", product.name)
          .field("category", product.category)
          .field("season", product.season)
          .end();
    }
    lines.finish();
  }

  /** A product that was drawn, and how much its pack contains. */
  record Choice(int item, double pack) {}

  /** A line of the catalog; {@code season} is null for a product that sells all year. */
  record Product(int item, String name, String category, String season) {}
}

package fortnight.testdata;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the shop sells: item ids from 1, first the seasonal products, then brand after brand of the
 * four categories. The last brand may lack some of its products.
 */
final class Catalog {
  private static final int SEASONAL = SeasonalProduct.ALL.size();
  private static final int BRAND = Category.ALL.stream().mapToInt(Category::products).sum();

  /** One whole brand, so that there is something of every category in every pack. */
  static final int SMALLEST = SEASONAL + BRAND;

  private final int products;
  private final int brands;

  Catalog(int products) {
    this.products = products;
    this.brands = (products - SEASONAL + BRAND - 1) / BRAND;
  }

  /** What this customer takes of a category, by the profile's weights. */
  Choice choose(Category category, Profile profile, Dice dice) {
    while (true) {
      int brand = profile.choose(category, Profile.Field.BRAND, brands, dice);
      int variant =
          profile.choose(category, Profile.Field.VARIANT, category.variants().size(), dice);
      int pack = profile.choose(category, Profile.Field.PACK, category.packs().size(), dice);
      int item = item(brand, category, variant, pack);
      if (item <= products) {
        return new Choice(item, category.packs().get(pack));
      }
    }
  }

  private static int item(int brand, Category category, int variant, int pack) {
    return 1
        + SEASONAL
        + brand * BRAND
        + category.shelf()
        + variant * category.packs().size()
        + pack;
  }

  int size() {
    return products;
  }

  /** Every product, by item id. */
  Stream<Product> products() {
    Stream<Product> seasonal =
        SeasonalProduct.ALL.stream()
            .map(
                product ->
                    new Product(product.item(), product.title(), "Seasonal", product.season()));
    Stream<Product> brandsOfAll =
        IntStream.range(0, brands).boxed().flatMap(Catalog::productsOfBrand);
    return Stream.concat(seasonal, brandsOfAll).limit(products);
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
                Brands.name(brand),
                category.variants().get(variant),
                category.title(),
                amount(category.packs().get(pack)),
                category.unit());
    return new Product(item(brand, category, variant, pack), name, category.title(), null);
  }

  private static String amount(double pack) {
    return pack == Math.rint(pack) ? Long.toString((long) pack) : Double.toString(pack);
  }

  /** A product taken from the shelf, and what its pack holds. */
  record Choice(int item, double pack) {}
}

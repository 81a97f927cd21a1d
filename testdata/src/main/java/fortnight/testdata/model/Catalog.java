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

  private static final String SEASONAL_CATEGORY = "Seasonal";

  /** The products of each brand, in the order of their ids. */
  private static final List<Model> MODELS =
      Category.ALL.stream().flatMap(Catalog::modelsOf).toList();

  /** A part of a path of {@link RandomStream#stream} that no other stream has. */
  private static final long PRICES = -5;

  /** One complete brand, so that every category has a product in every pack. */
  public static final int MIN_SIZE = SEASONAL + PER_BRAND;

  private final int products;
  private final int brands;
  private final int[] cents;

  /**
   * A catalog.
   *
   * @param seed of the world; another seed gives other prices
   */
  public Catalog(long seed, int products) {
    this.products = products;
    this.cents = prices(seed, products);
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
        return new Choice(item, category.packs().get(pack).amount());
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

  /** The price of a product in cents. */
  public int cents(int item) {
    return cents[item];
  }

  /** The title of a product's category. */
  public String category(int item) {
    return item <= SEASONAL ? SEASONAL_CATEGORY : model(item).category.title();
  }

  /** Every product, by item id. */
  Stream<Product> products() {
    return IntStream.rangeClosed(1, products).mapToObj(this::product);
  }

  private Product product(int item) {
    if (item <= SEASONAL) {
      SeasonalProduct seasonal = SeasonalProduct.ALL.get(item - 1);
      String season = seasonal.season().toString();
      return new Product(item, seasonal.title(), category(item), season, cents[item]);
    }
    String name = brandName(brand(item)) + " " + model(item).name();
    return new Product(item, name, category(item), null, cents[item]);
  }

  private static int brand(int item) {
    return (item - 1 - SEASONAL) / PER_BRAND;
  }

  private static Model model(int item) {
    return MODELS.get((item - 1 - SEASONAL) % PER_BRAND);
  }

  /** Prices in cents by item id; the same for any number of products. */
  private static int[] prices(long seed, int products) {
    int[] cents = new int[products + 1];
    for (int item = 1; item <= products; item++) {
      cents[item] = price(seed, item);
    }
    return cents;
  }

  /**
   * The list price, times 0.8 to 1.4 for a seasonal product or a brand, times 0.97 to 1.03 for a
   * variant. The packs of a variant have the same factors, so the larger pack costs less per unit.
   */
  private static int price(long seed, int item) {
    if (item <= SEASONAL) {
      int perMille = perMille(800, 1400, RandomStream.stream(seed, PRICES, 0, item));
      return (SeasonalProduct.ALL.get(item - 1).listCents() * perMille + 500) / 1000;
    }
    Model model = model(item);
    int firstPack = item - model.pack;
    int ofBrand = perMille(800, 1400, RandomStream.stream(seed, PRICES, 1, brand(item)));
    int ofVariant = perMille(970, 1030, RandomStream.stream(seed, PRICES, 2, firstPack));
    long list = model.category.packs().get(model.pack).listCents();
    return (int) ((list * ofBrand * ofVariant + 500_000) / 1_000_000);
  }

  private static int perMille(int min, int max, long hash) {
    return min + Math.floorMod(hash, max - min + 1);
  }

  private static Stream<Model> modelsOf(Category category) {
    int packs = category.packs().size();
    return IntStream.range(0, category.products())
        .mapToObj(index -> new Model(category, index / packs, index % packs));
  }

  private static String brandName(int brand) {
    int pair = brand % (BRANDS_FIRST.size() * BRANDS_SECOND.size());
    String first = BRANDS_FIRST.get(pair % BRANDS_FIRST.size());
    String second = BRANDS_SECOND.get((pair + pair / BRANDS_SECOND.size()) % BRANDS_SECOND.size());
    int round = brand / (BRANDS_FIRST.size() * BRANDS_SECOND.size());
    return first + " " + second + (round == 0 ? "" : " " + (round + 1));
  }

  /** Writes a JSON object per line: {@code item_id, name, category, season, price}. */
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
          .money("price", product.cents)
          .end();
    }
    lines.finish();
  }

  /** A product that was drawn, and how much its pack contains. */
  record Choice(int item, double pack) {}

  /** A line of the catalog; {@code season} is null for a product that sells all year. */
  record Product(int item, String name, String category, String season, int cents) {}

  /** A product as every brand has it; variant and pack are indexes into those of the category. */
  private record Model(Category category, int variant, int pack) {
    String name() {
      return "%s %s, %s %s"
          .formatted(
              category.variants().get(variant),
              category.title(),
              amount(category.packs().get(pack).amount()),
              category.unit());
    }

    private static String amount(double pack) {
      return pack == Math.rint(pack) ? Long.toString((long) pack) : Double.toString(pack);
    }
  }
}

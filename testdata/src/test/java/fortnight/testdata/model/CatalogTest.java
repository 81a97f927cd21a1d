package fortnight.testdata.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  @ParameterizedTest
  @ValueSource(ints = {40, 41, 100, 101, 2000, 50_000})
  void hasConsecutiveIdsAndDistinctNames(int products) {
    List<Catalog.Product> all = new Catalog(42, products).products().toList();

    assertThat(all)
        .extracting(Catalog.Product::item)
        .isEqualTo(IntStream.rangeClosed(1, products).boxed().toList());
    assertThat(all).extracting(Catalog.Product::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 41, 100})
  void sellsAllProductsAndNoOthers(int products) {
    Catalog catalog = new Catalog(42, products);
    RandomStream random = new RandomStream();
    Set<Integer> sold = new HashSet<>();
    for (int customer = 0; customer < 3000; customer++) {
      Profile profile = new Profile(RandomStream.stream(1, customer));
      for (Category category : Category.ALL) {
        Catalog.Choice choice = catalog.choose(category, profile, random);
        assertThat(category.packs()).extracting(Category.Pack::amount).contains(choice.pack());
        sold.add(choice.item());
      }
    }

    assertThat(sold)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(SeasonalProduct.ALL.size() + 1, products).boxed().toList());
  }

  @Test
  void choosesBrandsByTheWeightsOfTheProfile() {
    Catalog catalog = new Catalog(42, 10_000);
    RandomStream random = new RandomStream();
    Profile profile = new Profile(7);
    int[] purchases = new int[333];
    for (int purchase = 0; purchase < 10_000; purchase++) {
      purchases[(catalog.choose(Category.ALL.get(0), profile, random).item() - 11) / 30]++;
    }

    // About 34 of 333 brands are liked, each with a hundred times the weight of one of the others:
    // 34 / (34 + 299 / 100) of all purchases; with equal weights it would be 50 / 333.
    int[] sorted = Arrays.stream(purchases).sorted().toArray();
    int ofTheFirst50 = Arrays.stream(sorted).skip(283).sum();
    assertThat(ofTheFirst50).isBetween(8_800, 9_700);
    assertThat(sorted[332]).isBetween(200, 500);
  }

  @Test
  void isWrittenWithNamesCategoriesSeasonsAndPrices(@TempDir Path folder) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(folder.resolve("catalog.jsonl"))) {
      new Catalog(42, 40).writeTo(bytes);
    }

    assertThat(Files.readAllLines(folder.resolve("catalog.jsonl")))
        .hasSize(40)
        .contains(
            "{\"item_id\":1,\"name\":\"Dog"
                + " Leash\",\"category\":\"Seasonal\",\"season\":\"MARCH-OCTOBER\",\"price\":13.12}",
            "{\"item_id\":11,\"name\":\"Happy Paws Chicken Dry Dog Food, 4.5"
                + " lb\",\"category\":\"Dry Dog Food\",\"season\":null,\"price\":16.12}");
  }

  @Test
  void theSameSeedGivesTheSamePrices() {
    Catalog catalog = new Catalog(7, 2000);

    assertThat(prices(new Catalog(7, 2000))).isEqualTo(prices(catalog));
    assertThat(prices(new Catalog(7, 40))).isEqualTo(prices(catalog).subList(0, 40));
    assertThat(prices(new Catalog(8, 2000))).isNotEqualTo(prices(catalog));
  }

  @Test
  void aLargerPackCostsMoreAndLessPerUnit() {
    Catalog catalog = new Catalog(42, 2000);
    int item = SeasonalProduct.ALL.size() + 1;
    while (item + Category.ALL.stream().mapToInt(Category::products).sum() <= catalog.size()) {
      for (Category category : Category.ALL) {
        for (int variant = 0; variant < category.variants().size(); variant++) {
          List<Category.Pack> packs = category.packs();
          for (int pack = 1; pack < packs.size(); pack++) {
            int smaller = catalog.cents(item + pack - 1);
            int larger = catalog.cents(item + pack);
            assertThat(larger).as("item %d", item + pack).isGreaterThan(smaller);
            assertThat(larger / packs.get(pack).amount())
                .as("item %d", item + pack)
                .isLessThan(smaller / packs.get(pack - 1).amount());
          }
          item += packs.size();
        }
      }
    }
    assertThat(item).isGreaterThan(1970);
  }

  @Test
  void brandsDifferInPrice() {
    Catalog catalog = new Catalog(42, 2000);

    List<Integer> ofTheFirstProducts =
        IntStream.iterate(11, item -> item < 2000, item -> item + 30)
            .mapToObj(catalog::cents)
            .toList();
    assertThat(ofTheFirstProducts).allMatch(cents -> cents > 1399 * 0.77 && cents < 1399 * 1.45);
    assertThat(Set.copyOf(ofTheFirstProducts)).hasSizeGreaterThan(50);
  }

  private static List<Integer> prices(Catalog catalog) {
    return catalog.products().map(Catalog.Product::cents).toList();
  }
}

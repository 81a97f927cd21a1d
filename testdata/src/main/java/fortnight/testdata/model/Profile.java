package fortnight.testdata.model;

/**
 * A household's preferences. For each field of a category one value has weight 10; every other
 * value has weight 10 with probability 0.1, otherwise 0.1. The weight of a product is the product
 * of its fields' weights.
 *
 * <p>Weights are hashes, not tables, so a profile is one number for any number of products.
 */
final class Profile {
  private static final double LIKED_PROBABILITY = 0.1;
  private static final double DISLIKED_WEIGHT = 0.01;

  private final long seed;

  Profile(long seed) {
    this.seed = seed;
  }

  /** Draws a value of a field, {@code 0 … values - 1}, by the weights. */
  int choose(Category category, Field field, int values, RandomStream random) {
    long preferences = RandomStream.stream(seed, category.shelf(), field.number);
    int favourite = (int) Math.floorMod(preferences, (long) values);
    while (true) {
      int value = random.nextInt(values);
      if (value == favourite || isLiked(preferences, value) || random.chance(DISLIKED_WEIGHT)) {
        return value;
      }
    }
  }

  private static boolean isLiked(long preferences, int value) {
    return RandomStream.unit(RandomStream.hash(preferences + value)) < LIKED_PROBABILITY;
  }

  /** The fields in which the products of a category differ. */
  enum Field {
    BRAND(0),
    VARIANT(1),
    PACK(2);

    private final int number;

    Field(int number) {
      this.number = number;
    }
  }
}

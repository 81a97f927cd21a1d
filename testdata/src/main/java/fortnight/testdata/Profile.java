package fortnight.testdata;

/**
 * What a customer likes: of each field of a category one value has weight 10, every other 10 with
 * chance 0.1, else 0.1; a product's weight is the product of its fields' weights.
 *
 * <p>Weights are hashes, not tables, so a profile is one number however many products there are.
 */
final class Profile {
  private static final double LIKED = 0.1;
  private static final double DISLIKED_TO_LIKED = 0.01;

  private final long seed;

  Profile(long seed) {
    this.seed = seed;
  }

  /** Draws a value of a field, {@code 0 … values - 1}, by this customer's weights. */
  int choose(Category category, Field field, int values, Dice dice) {
    long taste = Dice.stream(seed, category.shelf(), field.number);
    int favourite = (int) Math.floorMod(taste, (long) values);
    while (true) {
      int value = dice.nextInt(values);
      if (value == favourite || isLiked(taste, value) || dice.chance(DISLIKED_TO_LIKED)) {
        return value;
      }
    }
  }

  private static boolean isLiked(long taste, int value) {
    return Dice.unit(Dice.hash(taste + value)) < LIKED;
  }

  /** In what a category's products differ. */
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

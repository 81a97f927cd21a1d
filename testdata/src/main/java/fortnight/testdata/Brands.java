package fortnight.testdata;

import java.util.List;

/** Names of brands, as many as are asked for. */
final class Brands {
  private static final List<String> FIRST =
      List.of(
          "Happy", "Noble", "Sunny", "Golden", "Merry", "Gentle", "Lucky", "Quiet", "Brave",
          "Silver", "Wild", "Honest", "Little", "Grand", "Royal", "Simple");
  private static final List<String> SECOND =
      List.of(
          "Paws", "Meadow", "Whisker", "Hound", "Harbor", "Orchard", "Tails", "Hearth", "Prairie",
          "Fang", "Willow", "Summit", "Burrow", "Kennel", "Lantern", "Creek");

  private Brands() {}

  static String name(int brand) {
    int pair = brand % (FIRST.size() * SECOND.size());
    String first = FIRST.get(pair % FIRST.size());
    String second = SECOND.get((pair + pair / SECOND.size()) % SECOND.size());
    int round = brand / (FIRST.size() * SECOND.size());
    return first + " " + second + (round == 0 ? "" : " " + (round + 1));
  }
}

package fortnight.testdata.model;

import java.util.List;

/**
 * A category of products that pets use up. Amounts are pounds, for bags pieces. Figures: Nowling
 * and Vyas, "A Domain-Driven, Generative Data Model for BigPetStore", 2014.
 *
 * @param shelf offset of its products among those of a brand
 * @param usesADay mean number of uses per day
 * @param meanUse mean of the amount that one pet uses up in a day
 * @param varianceOfUse variance of the same
 * @param variants flavours, scents or colours
 * @param packs amounts that one pack contains
 */
record Category(
    int shelf,
    String title,
    Species species,
    double usesADay,
    double meanUse,
    double varianceOfUse,
    List<String> variants,
    List<Double> packs,
    String unit) {

  private static final List<String> DOG_FLAVOURS = List.of("Chicken", "Beef", "Lamb", "Salmon");
  private static final List<String> CAT_FLAVOURS = List.of("Chicken", "Tuna", "Turkey", "Trout");
  private static final List<String> SCENTS = List.of("Unscented", "Lavender");
  private static final List<String> COLOURS = List.of("Green", "Blue");

  static final List<Category> ALL =
      List.of(
          new Category(
              0,
              "Dry Dog Food",
              Species.DOG,
              2,
              0.25,
              0.10,
              DOG_FLAVOURS,
              List.of(4.5, 15.0, 30.0),
              "lb"),
          new Category(
              12,
              "Dry Cat Food",
              Species.CAT,
              2,
              0.10,
              0.05,
              CAT_FLAVOURS,
              List.of(7.0, 15.0),
              "lb"),
          new Category(
              20,
              "Kitty Litter",
              Species.CAT,
              1,
              0.10,
              0.05,
              SCENTS,
              List.of(7.0, 14.0, 28.0),
              "lb"),
          new Category(
              26, "Poop Bags", Species.DOG, 2, 1.0, 0.5, COLOURS, List.of(60.0, 120.0), "pieces"));

  /** The number of products of one brand: every variant in every pack. */
  int products() {
    return variants.size() * packs.size();
  }

  /** The pets that a product is for. */
  enum Species {
    DOG,
    CAT
  }
}

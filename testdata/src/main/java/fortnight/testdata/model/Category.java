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
 * @param packs from the smallest to the largest
 */
record Category(
    int shelf,
    String title,
    Species species,
    double usesADay,
    double meanUse,
    double varianceOfUse,
    List<String> variants,
    List<Pack> packs,
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
              List.of(new Pack(4.5, 1399), new Pack(15, 3299), new Pack(30, 5499)),
              "lb"),
          new Category(
              12,
              "Dry Cat Food",
              Species.CAT,
              2,
              0.10,
              0.05,
              CAT_FLAVOURS,
              List.of(new Pack(7, 2099), new Pack(15, 3899)),
              "lb"),
          new Category(
              20,
              "Kitty Litter",
              Species.CAT,
              1,
              0.10,
              0.05,
              SCENTS,
              List.of(new Pack(7, 899), new Pack(14, 1599), new Pack(28, 2799)),
              "lb"),
          new Category(
              26,
              "Poop Bags",
              Species.DOG,
              2,
              1.0,
              0.5,
              COLOURS,
              List.of(new Pack(60, 599), new Pack(120, 999)),
              "pieces"));

  /** The number of products of one brand: every variant in every pack. */
  int products() {
    return variants.size() * packs.size();
  }

  /**
   * A pack of a category.
   *
   * @param amount how much it contains
   * @param listCents its list price in cents; prices of products are near it
   */
  record Pack(double amount, int listCents) {}

  /** The pets that a product is for. */
  enum Species {
    DOG,
    CAT
  }
}

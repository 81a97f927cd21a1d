package fortnight.testdata;

/** A line of the catalogue; {@code season} is null for what sells all year. */
record Product(int item, String name, String category, Season season) {}

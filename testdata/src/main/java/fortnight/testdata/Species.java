package fortnight.testdata;

/** Whom something is for. */
enum Species {
  DOG,
  CAT
}

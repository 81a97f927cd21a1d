package fortnight.testdata;

/**
 * What happens to records on their way. Durations are microseconds, fractions 0 to 1.
 *
 * @param outOfOrder every record arrives up to so much after its event time
 * @param late so many are held up
 * @param lateBy for so long
 * @param duplicates so many arrive twice
 * @param malformed so many are followed by a broken copy of themselves
 */
record Faults(long outOfOrder, double late, long lateBy, double duplicates, double malformed) {}

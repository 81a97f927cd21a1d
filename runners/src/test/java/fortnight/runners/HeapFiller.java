package fortnight.runners;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that retains more than the heap of a run holds at first. Fails as soon as the heap was
 * collected more often than a growing one is.
 */
final class HeapFiller {
  private static final int MEBIBYTES = 700;
  private static final int MAX_COLLECTIONS = 60;

  private HeapFiller() {}

  public static void main(String[] args) {
    List<byte[]> retained = new ArrayList<>();
    for (int mebibyte = 0; mebibyte < MEBIBYTES; mebibyte++) {
      for (int kibibyte = 0; kibibyte < 1024; kibibyte++) {
        retained.add(new byte[1000]);
      }
      long collections =
          ManagementFactory.getGarbageCollectorMXBeans().stream()
              .mapToLong(GarbageCollectorMXBean::getCollectionCount)
              .sum();
      if (collections > MAX_COLLECTIONS) {
        System.err.printf("%d collections for %d kB%n", collections, retained.size());
        System.exit(1);
      }
    }
  }
}

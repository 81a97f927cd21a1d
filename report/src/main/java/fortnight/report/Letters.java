package fortnight.report;

import java.util.HashSet;
import java.util.Set;

/**
 * Which dead letters were seen, so that one that is written again after a crash counts once. Of
 * keys only hashes are kept, and of so many; beyond that every message counts.
 */
final class Letters {
  private static final int MOST = 200_000;
  private static final long PRIME = 0x100000001b3L;
  private static final long OFFSET = 0xcbf29ce484222325L;

  private final Set<Long> seen = new HashSet<>();
  private final Set<Long> sentBack = new HashSet<>();

  /** Whether a letter with this key is new. */
  boolean isNew(byte[] key) {
    return seen.size() >= MOST ? !seen.contains(hash(key)) : seen.add(hash(key));
  }

  /** Notes the key of what says that a letter was sent back. */
  void sentBack(byte[] key) {
    if (sentBack.size() < MOST) {
      sentBack.add(hash(key));
    }
  }

  void forget() {
    seen.clear();
    sentBack.clear();
  }

  int sentBack() {
    return sentBack.size();
  }

  /**
   * FNV-1a, of 64 bits: among as many keys as are kept two with one hash are not to be expected.
   */
  private static long hash(byte[] key) {
    long hash = OFFSET;
    for (byte some : key) {
      hash = (hash ^ (some & 0xff)) * PRIME;
    }
    return hash;
  }
}

package fortnight.pipelines;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How far a stream was known to be, as of some time ago; remembers a few looks, not each. */
final class FrontsOfThePast {
  private static final int LOOKS = 8;

  private final long memoryMillis;
  private final Deque<Look> looks = new ArrayDeque<>();

  /** Remembers what is at most a little older than this. */
  FrontsOfThePast(long memoryMillis) {
    this.memoryMillis = memoryMillis;
  }

  /** Notes how far the stream is now. */
  void note(long now, long front) {
    if (looks.isEmpty() || now - looks.getLast().at() >= memoryMillis / LOOKS) {
      looks.addLast(new Look(now, front));
    }
    while (looks.size() > 2 * LOOKS) {
      looks.removeFirst();
    }
  }

  /** How far it was at this time, or some looks before; empty where nobody looked by then. */
  OptionalLong asOf(long time) {
    OptionalLong front = OptionalLong.empty();
    for (Look look : looks) {
      if (look.at() <= time) {
        front = OptionalLong.of(look.front());
      }
    }
    return front;
  }

  private record Look(long at, long front) {}
}

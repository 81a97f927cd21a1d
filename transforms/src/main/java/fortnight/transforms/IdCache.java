package fortnight.transforms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Serializable;

/**
 * Gives one and the same id for the same bytes, as long as no other takes its place: a shop sells
 * the same items again and again, and the hash of a known id is known.
 *
 * <p>Threads may share it: ids are immutable, and a place that another thread wrote holds a right
 * one, too.
 */
final class IdCache implements Serializable {
  /** A power of two. */
  private static final int PLACES = 1 << 12;

  private final transient Id[] ids = new Id[PLACES];

  /** The id whose text is {@code array[from, to)}, which are ASCII. */
  Id get(byte[] array, int from, int to, boolean integer) {
    int hash = integer ? 1 : 0; // Else 7 and "7" would take each other's place.
    for (int i = from; i < to; i++) {
      hash = 31 * hash + array[i];
    }
    int place = (hash ^ (hash >>> 12)) & (PLACES - 1);
    Id known = ids[place];
    if (known != null && known.integer() == integer && isText(known.text(), array, from, to)) {
      return known;
    }
    Id id = new Id(text(array, from, to), integer);
    ids[place] = id;
    return id;
  }

  static String text(byte[] array, int from, int to) {
    return new String(array, from, to - from, ISO_8859_1);
  }

  private static boolean isText(String text, byte[] array, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != array[i]) {
        return false;
      }
    }
    return true;
  }

  private Object readResolve() {
    return new IdCache();
  }
}

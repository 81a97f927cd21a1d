package fortnight.transforms;

import java.io.Serializable;

/**
 * Spreads items over groups, each of which is one key to Beam.
 *
 * <p>A key costs a runner something by itself: the DirectRunner about a millisecond at every step
 * behind a shuffle. So bounded input gets few groups. In a stream an item has, but for equal hashes
 * of 31 bits, a group of its own: there each key keeps state, and what a late sale corrects should
 * be one item.
 *
 * <p>Transactions are spread in the same way, by their own ids.
 */
public final class KeyGroups implements Serializable {
  /** The whole shop's own group. */
  public static final int SHOP = -1;

  private static final int FEW = 8;
  private static final int MANY = 16;

  private final int count;

  private KeyGroups(int count) {
    this.count = count;
  }

  public static KeyGroups few() {
    return new KeyGroups(FEW);
  }

  /** For what is not summed but held in memory, one group at a time. */
  public static KeyGroups many() {
    return new KeyGroups(MANY);
  }

  public static KeyGroups oneForEachItem() {
    return new KeyGroups(Integer.MAX_VALUE);
  }

  /** The group of a scope: the same on every machine, at every time. */
  public int of(Scope scope) {
    Id item = scope.item();
    return item == null ? SHOP : of(item);
  }

  /** The group of an id: the same on every machine, at every time. */
  public int of(Id id) {
    int hash = 31 * id.text().hashCode() + (id.integer() ? 1 : 0);
    // Neighbouring ids have neighbouring hashes; mix them (Murmur3's last step).
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return Math.floorMod(hash ^ (hash >>> 16), count);
  }
}

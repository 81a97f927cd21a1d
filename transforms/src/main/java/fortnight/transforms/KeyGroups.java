package fortnight.transforms;

import fortnight.common.Analysis;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Assigns items and transactions to groups by hash; each group is one Beam key.
 *
 * <p>Every key has a fixed cost: on the DirectRunner about a millisecond at each step after a
 * shuffle. Bounded input therefore uses few groups. In a stream each item has its own group, except
 * for collisions of 31-bit hashes, so that a late transaction updates the state of a single item.
 */
public final class KeyGroups implements Serializable {
  /** The group of the whole shop. */
  public static final int SHOP = -1;

  private static final int FEW = 8;
  private static final int MANY = 16;

  private final int count;

  private KeyGroups(int count) {
    this.count = count;
  }

  /** Groups for values that are summed before the shuffle. */
  public static KeyGroups few() {
    return new KeyGroups(FEW);
  }

  /** Groups for elements that are held in memory, one group at a time. */
  public static KeyGroups many() {
    return new KeyGroups(MANY);
  }

  /** One group for each item, except for hash collisions. */
  public static KeyGroups oneForEachItem() {
    return new KeyGroups(Integer.MAX_VALUE);
  }

  /** Returns the group of a scope; the result is deterministic across machines and runs. */
  public int of(Scope scope) {
    Id value = scope.value();
    return value == null ? SHOP : of(value, hashOf(scope.dimension(), scope.currency()));
  }

  /** Returns 0 for items without a currency. */
  private static int hashOf(String dimension, @Nullable String currency) {
    int hash = dimension.equals(Analysis.PRODUCT) ? 0 : dimension.hashCode();
    return currency == null ? hash : 31 * hash + currency.hashCode();
  }

  /** Returns the group of an id; the result is deterministic across machines and runs. */
  public int of(Id id) {
    return of(id, 0);
  }

  private int of(Id id, int salt) {
    int hash = salt + 31 * id.text().hashCode() + (id.integer() ? 1 : 0);
    // Similar ids have similar hashes; apply the finalizer of Murmur3.
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return Math.floorMod(hash ^ (hash >>> 16), count);
  }
}

package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The scope of a volume: the whole shop or one item. The shop is ordered before all items.
 *
 * @param item the item; null for the whole shop
 */
public record Scope(@Nullable Id item) implements Comparable<Scope> {
  public static final Scope SHOP = new Scope(null);

  private static final Comparator<Scope> ORDER =
      Comparator.comparing(Scope::item, Comparator.nullsFirst(Comparator.naturalOrder()));

  public static Scope of(Id item) {
    return new Scope(item);
  }

  public boolean isShop() {
    return item == null;
  }

  @Override
  public int compareTo(Scope other) {
    return ORDER.compare(this, other);
  }

  public static Coder<Scope> coder() {
    return ScopeCoder.INSTANCE;
  }

  private static final class ScopeCoder extends AtomicCoder<Scope> {
    private static final long serialVersionUID = 1;

    static final ScopeCoder INSTANCE = new ScopeCoder();

    private static final int SHOP_TAG = 'S';
    private static final int ITEM_TAG = 'I';

    @Override
    public void encode(Scope scope, OutputStream out) throws IOException {
      if (scope.item == null) {
        out.write(SHOP_TAG);
      } else {
        out.write(ITEM_TAG);
        Id.coder().encode(scope.item, out);
      }
    }

    @Override
    public Scope decode(InputStream in) throws IOException {
      int tag = in.read();
      return switch (tag) {
        case SHOP_TAG -> SHOP;
        case ITEM_TAG -> of(Id.coder().decode(in));
        default -> throw new CoderException("not an encoded scope: it begins with byte " + tag);
      };
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

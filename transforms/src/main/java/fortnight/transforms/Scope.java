package fortnight.transforms;

import fortnight.common.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a volume is the sum of: the whole shop, an item, or all line items with the same value of a
 * dimension; if the format has currencies, in one currency.
 *
 * @param dimension {@link Analysis#SHOP}, {@link Analysis#PRODUCT}, or the name of a dimension
 * @param value the item, or the value of the dimension, {@link Id#NULL} if records have none; null
 *     for the whole shop
 * @param currency null if the format has no currency
 */
public record Scope(String dimension, @Nullable Id value, @Nullable String currency)
    implements Comparable<Scope> {
  public static final Scope SHOP = new Scope(Analysis.SHOP, null, null);

  private static final Comparator<Scope> ORDER =
      Comparator.comparing(Scope::dimension)
          .thenComparing(Scope::value, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Scope::currency, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** Returns the scope of the whole shop in a currency; null if the format has no currency. */
  public static Scope shop(@Nullable String currency) {
    return currency == null ? SHOP : new Scope(Analysis.SHOP, null, currency);
  }

  /** Returns the scope of an item. */
  public static Scope of(Id item) {
    return new Scope(Analysis.PRODUCT, item, null);
  }

  public boolean isShop() {
    return value == null;
  }

  @Override
  public int compareTo(Scope other) {
    return ORDER.compare(this, other);
  }

  public static Coder<Scope> coder() {
    return ScopeCoder.INSTANCE;
  }

  /** Writes a letter for the dimension, in lower case if a currency follows. */
  private static final class ScopeCoder extends AtomicCoder<Scope> {
    private static final long serialVersionUID = 1;

    static final ScopeCoder INSTANCE = new ScopeCoder();

    private static final int SHOP_TAG = 'S';
    private static final int ITEM_TAG = 'I';
    private static final int DIMENSION_TAG = 'D';
    private static final int WITH_CURRENCY = 0x20;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    @Override
    public void encode(Scope scope, OutputStream out) throws IOException {
      int tag =
          switch (scope.dimension) {
            case Analysis.SHOP -> SHOP_TAG;
            case Analysis.PRODUCT -> ITEM_TAG;
            default -> DIMENSION_TAG;
          };
      out.write(scope.currency == null ? tag : tag | WITH_CURRENCY);
      if (tag == DIMENSION_TAG) {
        TEXT.encode(scope.dimension, out);
      }
      if (scope.value != null) {
        Id.coder().encode(scope.value, out);
      }
      if (scope.currency != null) {
        TEXT.encode(scope.currency, out);
      }
    }

    @Override
    public Scope decode(InputStream in) throws IOException {
      int tag = in.read();
      String dimension =
          switch (tag & ~WITH_CURRENCY) {
            case SHOP_TAG -> Analysis.SHOP;
            case ITEM_TAG -> Analysis.PRODUCT;
            case DIMENSION_TAG -> TEXT.decode(in);
            default -> throw new CoderException("not an encoded scope: it begins with byte " + tag);
          };
      Id value = dimension.equals(Analysis.SHOP) ? null : Id.coder().decode(in);
      String currency = (tag & WITH_CURRENCY) == 0 ? null : TEXT.decode(in);
      return new Scope(dimension, value, currency);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

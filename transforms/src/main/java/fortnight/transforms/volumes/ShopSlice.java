package fortnight.transforms.volumes;

import fortnight.transforms.Scope;
import fortnight.transforms.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SetCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * That the shop has transactions in a slice.
 *
 * @param start in milliseconds
 * @param currencies those of the transactions; an empty text if the format has no currency. May be
 *     empty if the watermark has passed the slice: then they were passed on before
 * @param isClosed whether the watermark has passed the slice; before that, earlier ones may be
 *     incomplete
 */
record ShopSlice(long start, Set<String> currencies, boolean isClosed) {
  static final Coder<String> CURRENCY = StringUtf8Coder.of();

  static ShopSlice of(Slice slice, boolean isClosed) {
    Set<String> currencies =
        slice.volumes().keySet().stream()
            .map(scope -> scope.currency() == null ? "" : scope.currency())
            .collect(Collectors.toSet());
    return new ShopSlice(slice.start().getMillis(), currencies, isClosed);
  }

  /** Returns the scope of the shop in a currency. */
  static Scope shop(String currency) {
    return Scope.shop(currency.isEmpty() ? null : currency);
  }

  static Coder<ShopSlice> coder() {
    return ShopSliceCoder.INSTANCE;
  }

  private static final class ShopSliceCoder extends AtomicCoder<ShopSlice> {
    private static final long serialVersionUID = 1;

    static final ShopSliceCoder INSTANCE = new ShopSliceCoder();

    private static final Coder<Set<String>> CURRENCIES = SetCoder.of(CURRENCY);

    @Override
    public void encode(ShopSlice slice, OutputStream out) throws IOException {
      VarLongCoder.of().encode(slice.start, out);
      CURRENCIES.encode(slice.currencies, out);
      BooleanCoder.of().encode(slice.isClosed, out);
    }

    @Override
    public ShopSlice decode(InputStream in) throws IOException {
      return new ShopSlice(
          VarLongCoder.of().decode(in), CURRENCIES.decode(in), BooleanCoder.of().decode(in));
    }
  }
}

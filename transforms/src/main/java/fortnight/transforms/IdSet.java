package fortnight.transforms;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.HashFunction;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An immutable set of ids, to count distinct ones. Sets can be united in any order.
 *
 * <p>Holds a hash of 128 bits (Murmur3) instead of each id: 16 bytes. The probability that any two
 * of n different ids have the same hash, so that the count is too small by one, is about n² /
 * 2^129: 2 · 10^-21 for a billion ids.
 */
public final class IdSet {
  public static final IdSet EMPTY = new IdSet(new long[0]);

  /** Part of all encoded sets: neither the function nor a seed may change. */
  private static final HashFunction STRINGS = Hashing.murmur3_128(1);

  private static final HashFunction INTEGERS = Hashing.murmur3_128(2);

  private static final int LONGS = 2;

  /** Pairs of the upper and the lower 64 bits of each hash, in ascending order of the hashes. */
  private final long[] hashes;

  private IdSet(long[] hashes) {
    this.hashes = hashes;
  }

  /** Returns the set of the ids with these hashes. */
  public static IdSet of(Collection<Int128> distinctHashes) {
    if (distinctHashes.isEmpty()) {
      return EMPTY;
    }
    Int128[] sorted = distinctHashes.toArray(new Int128[0]);
    Arrays.sort(sorted);
    long[] hashes = new long[sorted.length * LONGS];
    for (int i = 0; i < sorted.length; i++) {
      hashes[i * LONGS] = sorted[i].high();
      hashes[i * LONGS + 1] = sorted[i].low();
    }
    return new IdSet(hashes);
  }

  /** Returns the hash of an id; the result is deterministic across machines and runs. */
  public static Int128 hash(Id id) {
    HashFunction function = id.integer() ? INTEGERS : STRINGS;
    ByteBuffer hash = ByteBuffer.wrap(function.hashUnencodedChars(id.text()).asBytes());
    return new Int128(hash.getLong(), hash.getLong());
  }

  /** Returns the number of distinct ids. */
  public int size() {
    return hashes.length / LONGS;
  }

  public boolean isEmpty() {
    return hashes.length == 0;
  }

  public void forEach(Consumer<Int128> receiver) {
    for (int i = 0; i < hashes.length; i += LONGS) {
      receiver.accept(new Int128(hashes[i], hashes[i + 1]));
    }
  }

  /** Returns the set of the ids that are in this set, in the other, or in both. */
  public IdSet union(IdSet other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    long[] a = hashes;
    long[] b = other.hashes;
    long[] merged = new long[Math.addExact(a.length, b.length)];
    int i = 0;
    int j = 0;
    int size = 0;
    while (i < a.length && j < b.length) {
      int order = compare(a, i, b, j);
      long[] from = order <= 0 ? a : b;
      int index = order <= 0 ? i : j;
      merged[size++] = from[index];
      merged[size++] = from[index + 1];
      i += order <= 0 ? LONGS : 0;
      j += order >= 0 ? LONGS : 0;
    }
    long[] rest = i < a.length ? a : b;
    int next = i < a.length ? i : j;
    System.arraycopy(rest, next, merged, size, rest.length - next);
    size += rest.length - next;
    return new IdSet(size == merged.length ? merged : Arrays.copyOf(merged, size));
  }

  private static int compare(long[] a, int i, long[] b, int j) {
    return a[i] != b[j] ? Long.compare(a[i], b[j]) : Long.compareUnsigned(a[i + 1], b[j + 1]);
  }

  public static Coder<IdSet> coder() {
    return IdSetCoder.INSTANCE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdSet set && Arrays.equals(hashes, set.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return size() + " ids";
  }

  private static final class IdSetCoder extends AtomicCoder<IdSet> {
    private static final long serialVersionUID = 1;

    static final IdSetCoder INSTANCE = new IdSetCoder();

    @Override
    public void encode(IdSet set, OutputStream out) throws IOException {
      Varints.write(set.size(), out);
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(set.hashes.length, Long.BYTES));
      bytes.asLongBuffer().put(set.hashes);
      new DataOutputStream(out).write(bytes.array());
    }

    @Override
    public IdSet decode(InputStream in) throws IOException {
      long[] hashes = new long[Math.toIntExact(Varints.read(in) * LONGS)];
      byte[] bytes = new byte[Math.multiplyExact(hashes.length, Long.BYTES)];
      new DataInputStream(in).readFully(bytes);
      ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
      return hashes.length == 0 ? EMPTY : new IdSet(hashes);
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}

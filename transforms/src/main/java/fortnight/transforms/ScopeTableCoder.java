package fortnight.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StructuredCoder;

/** Encodes a map of scopes to values. Not deterministic: the order of entries is not defined. */
public final class ScopeTableCoder<V> extends StructuredCoder<Map<Scope, V>> {
  private static final long serialVersionUID = 1;

  private static final int VERSION = 1;

  private final Coder<V> values;

  public ScopeTableCoder(Coder<V> values) {
    this.values = values;
  }

  @Override
  public void encode(Map<Scope, V> table, OutputStream out) throws IOException {
    out.write(VERSION);
    Varints.write(table.size(), out);
    for (Map.Entry<Scope, V> entry : table.entrySet()) {
      Scope.coder().encode(entry.getKey(), out);
      values.encode(entry.getValue(), out);
    }
  }

  @Override
  public Map<Scope, V> decode(InputStream in) throws IOException {
    Varints.readVersion(VERSION, "table of scopes", in);
    int size = Math.toIntExact(Varints.read(in));
    Map<Scope, V> table = new HashMap<>(size * 2);
    for (int i = 0; i < size; i++) {
      table.put(Scope.coder().decode(in), values.decode(in));
    }
    return table;
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "the entries of a hash map have no order");
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(values);
  }
}

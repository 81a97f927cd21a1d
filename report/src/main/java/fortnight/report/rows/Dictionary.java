package fortnight.report.rows;

import fortnight.common.Analysis;
import fortnight.report.rows.Table.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The items, values of dimensions and currencies that have rows. Their indexes identify them in the
 * JSON of the page.
 */
public final class Dictionary {
  /** The index of the whole shop, in place of that of an item or a value. */
  public static final int SHOP = -1;

  private final Map<String, Entries<DimensionValue>> values = new LinkedHashMap<>();
  private final Entries<String> currencies = new Entries<>();

  /** Distinct entries with their indexes, in the order in which they were added. */
  private static final class Entries<T> {
    private final List<T> list = new ArrayList<>();
    private final Map<T, Integer> indexes = new HashMap<>();

    void add(T entry) {
      if (indexes.putIfAbsent(entry, list.size()) == null) {
        list.add(entry);
      }
    }
  }

  /**
   * The numbers of entries at a time.
   *
   * @param values by dimension
   */
  public record Sizes(Map<String, Integer> values, int currencies) {
    /** Without entries. */
    public static final Sizes NONE = new Sizes(Map.of(), 0);
  }

  /** All entries of the rows of tables, in order. */
  public static Dictionary sorted(Iterable<Table> tables) {
    NavigableSet<String> currencies = new TreeSet<>(DimensionValue::compareCodePoints);
    Map<String, NavigableSet<DimensionValue>> values = new LinkedHashMap<>();
    values.put(Analysis.PRODUCT, new TreeSet<>());
    for (Table table : tables) {
      for (SeriesKey key : table.keys()) {
        key.currency().ifPresent(currencies::add);
        key.value()
            .ifPresent(
                value ->
                    values
                        .computeIfAbsent(table.analysis().dimension(), added -> new TreeSet<>())
                        .add(value));
      }
    }
    Dictionary dictionary = new Dictionary();
    values.forEach(
        (dimension, sorted) -> sorted.forEach(value -> dictionary.add(dimension, value)));
    currencies.forEach(dictionary.currencies::add);
    return dictionary;
  }

  /** Adds the entries of a row after all others. */
  public void add(Table.RowKey row) {
    row.series().value().ifPresent(value -> add(row.analysis().dimension(), value));
    row.series().currency().ifPresent(currencies::add);
  }

  private void add(String dimension, DimensionValue value) {
    values.computeIfAbsent(dimension, added -> new Entries<>()).add(value);
  }

  public void clear() {
    values.clear();
    currencies.list.clear();
    currencies.indexes.clear();
  }

  public Sizes sizes() {
    Map<String, Integer> sizes = new HashMap<>();
    values.forEach((dimension, entries) -> sizes.put(dimension, entries.list.size()));
    return new Sizes(sizes, currencies.list.size());
  }

  /** The values of each dimension that were added since it had these sizes. */
  public Map<String, List<DimensionValue>> valuesSince(Sizes sizes) {
    Map<String, List<DimensionValue>> added = new LinkedHashMap<>();
    values.forEach(
        (dimension, entries) ->
            added.put(
                dimension,
                entries.list.subList(
                    sizes.values().getOrDefault(dimension, 0), entries.list.size())));
    return added;
  }

  public List<String> currenciesSince(Sizes sizes) {
    return currencies.list.subList(sizes.currencies(), currencies.list.size());
  }

  /** The index of the item or value of a series, or {@link #SHOP}. */
  public int valueIndex(Analysis analysis, SeriesKey key) {
    return key.value()
        .map(value -> values.get(analysis.dimension()).indexes.get(value))
        .orElse(SHOP);
  }

  /** The index of the currency of a series; empty if it has none. */
  public Optional<Integer> currencyIndex(SeriesKey key) {
    return key.currency().map(currencies.indexes::get);
  }

  /** The keys of all series of a table, in the order of their indexes. */
  public List<SeriesKey> sortedKeys(Table table) {
    NavigableMap<Long, SeriesKey> sorted = new TreeMap<>();
    for (SeriesKey key : table.keys()) {
      long value = valueIndex(table.analysis(), key);
      sorted.put((value << Integer.SIZE) + currencyIndex(key).orElse(-1), key);
    }
    return List.copyOf(sorted.values());
  }
}

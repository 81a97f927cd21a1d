package fortnight.transforms.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The paths of a format with their keys; checks that they can be in the same record. */
final class FormatPaths {
  private static final Set<String> OF_LINE_ITEMS = Set.of("item", "quantity", "price", "amount");

  private final List<KeyPath> paths = new ArrayList<>();

  private record KeyPath(String key, FieldPath path) {}

  void add(String key, FieldPath path) {
    paths.add(new KeyPath(key, path));
  }

  /** Returns whether a path is in an array of line items. */
  boolean haveLineItems() {
    return inLineItems().findAny().isPresent();
  }

  private Stream<FieldPath> inLineItems() {
    return paths.stream().map(KeyPath::path).filter(FieldPath::isInLineItem);
  }

  List<String> mistakes() {
    Set<String> mistakes = new LinkedHashSet<>();
    Set<List<String>> arrays =
        inLineItems()
            .map(FieldPath::lineItems)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (arrays.size() > 1) {
      mistakes.add(
          "[] must mark the same array in all paths: "
              + inLineItems().map(Object::toString).collect(Collectors.joining(", ")));
    }
    for (KeyPath path : paths) {
      boolean mustBeInLineItem = OF_LINE_ITEMS.contains(path.key());
      if (!path.path().isInLineItem()
          && arrays.stream().anyMatch(array -> startsWith(path.path().names(), array))) {
        mistakes.add(
            "%s: %s is in the array of line items; write [] after its name, or use another field"
                .formatted(path.key(), path.path()));
      } else if (mustBeInLineItem && !arrays.isEmpty() && !path.path().isInLineItem()) {
        mistakes.add("%s: %s is not in the array of line items".formatted(path.key(), path.path()));
      }
      paths.stream()
          .map(KeyPath::path)
          .filter(inner -> isInside(inner, path.path()))
          .forEach(
              inner ->
                  mistakes.add(
                      "%s and %s: a field is a value or an object".formatted(path.path(), inner)));
    }
    return List.copyOf(mistakes);
  }

  /**
   * Returns a sentence for each path that is not a column.
   *
   * @param columns the names of the columns; null if these are in the header of the input
   */
  List<String> mistakesInCsv(@Nullable List<String> columns) {
    Set<String> mistakes = new LinkedHashSet<>();
    for (KeyPath path : paths) {
      List<String> names = path.path().names();
      if (names.size() > 1 || path.path().isInLineItem()) {
        mistakes.add(
            "%s: %s is not a column; with records: csv, a path is the name of a column, in single quotes if the name has a dot: 'a.b'"
                .formatted(path.key(), path.path()));
      } else if (columns != null && Collections.frequency(columns, names.get(0)) != 1) {
        mistakes.add(
            columns.contains(names.get(0))
                ? "%s: %s is in header twice".formatted(path.key(), path.path())
                : "%s: %s is not in header; did you mean %s?"
                    .formatted(path.key(), path.path(), FieldPath.nearest(names.get(0), columns)));
      }
    }
    return List.copyOf(mistakes);
  }

  private static boolean isInside(FieldPath inner, FieldPath outer) {
    return inner.names().size() > outer.names().size()
        && startsWith(inner.names(), outer.names())
        && (!inner.isInLineItem() || outer.names().size() != inner.itemDepth());
  }

  private static boolean startsWith(List<String> names, List<String> first) {
    return names.size() >= first.size() && names.subList(0, first.size()).equals(first);
  }
}

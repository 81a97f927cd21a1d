package fortnight.transforms.formats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The paths of a format with their keys; checks that they can be in the same record. */
final class FormatPaths {
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
      boolean mustBeInLineItem = path.key().equals("item") || path.key().equals("quantity");
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

  private static boolean isInside(FieldPath inner, FieldPath outer) {
    return inner.names().size() > outer.names().size()
        && startsWith(inner.names(), outer.names())
        && (!inner.isInLineItem() || outer.names().size() != inner.itemDepth());
  }

  private static boolean startsWith(List<String> names, List<String> first) {
    return names.size() >= first.size() && names.subList(0, first.size()).equals(first);
  }
}

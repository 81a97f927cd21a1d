package fortnight.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What items are called. */
final class Catalog {
  private static final int CHARACTERS = 200;

  private final Map<ItemId, String> names = new HashMap<>();

  void add(Fields entry) throws BrokenRow {
    names.put(entry.item(), Cut.to(CHARACTERS, entry.text("name")));
  }

  Optional<String> name(ItemId item) {
    return Optional.ofNullable(names.get(item));
  }
}

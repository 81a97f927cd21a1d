package fortnight.transforms.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that a dimension can have: they are fields of rows, and begin names of analyses. */
final class DimensionNames {
  private static final Pattern PATTERN = Pattern.compile("[a-z][a-z0-9_]*");

  /** File systems, brokers and databases limit the names that are made of it. */
  private static final int MAX_LENGTH = 40;

  /** The other fields of rows, and the names of other analyses. */
  private static final Set<String> RESERVED =
      Set.of(
          "revenue",
          "window_start",
          "window_end",
          "previous_start",
          "current_start",
          "current_end",
          "item_id",
          "currency",
          "transactions",
          "line_items",
          "units",
          "first_transaction",
          "last_transaction",
          "customers",
          "previous",
          "current",
          "change",
          "ratio",
          "analysis",
          "direction",
          "pane",
          "version");

  private DimensionNames() {}

  /** Returns what is wrong with the name in a key of a format. */
  static List<String> mistakes(String key, String name) {
    List<String> mistakes = new ArrayList<>();
    if (!PATTERN.matcher(name).matches()) {
      mistakes.add(
          key + ": a name of a dimension has lower-case letters, digits and _; use by.store");
    } else if (name.length() > MAX_LENGTH) {
      mistakes.add(
          "%s: a name of a dimension has at most %d characters".formatted(key, MAX_LENGTH));
    } else if (name.equals("product")) {
      mistakes.add(key + ": product is the dimension of item; use another name");
    } else if (name.equals("weekly")) {
      mistakes.add(key + ": weekly-volume is the analysis of the shop; use another name");
    } else if (RESERVED.contains(name)) {
      mistakes.add(key + ": rows have another field of this name; use another name");
    }
    return mistakes;
  }
}

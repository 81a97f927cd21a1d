package fortnight.transforms.formats;

import fortnight.common.cli.FlagErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path from the root of a record to a field: {@code customer.id}, {@code lines[].sku}.
 *
 * @param names the names of the fields on the way
 * @param itemDepth number of names up to the array of line items; 0 if the field is not in it
 */
public record FieldPath(List<String> names, int itemDepth) implements FieldValue {
  private static final long serialVersionUID = 1;

  private static final char NO_CHARACTER = 0;

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  public FieldPath {
    names = List.copyOf(names);
  }

  /**
   * Parses names separated by dots, of which one may be followed by {@code []} or {@code [*]}.
   * Single quotes surround a name with special characters, or a name that is a number or null;
   * {@code $.} may precede the first name.
   *
   * @throws IllegalArgumentException if the text is not a path
   */
  public static FieldPath parse(String text) {
    String path = text.strip();
    if (NUMBER.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "a number is not a path; use \"%1$s\" for a constant, or '%1$s' for a field of this name"
              .formatted(path));
    }
    if (isNull(path)) {
      throw new IllegalArgumentException(
          "null is not a path; use '%s' for a field of this name".formatted(path));
    }
    return new Parser(path).path();
  }

  /** Returns whether the field is in the array of line items. */
  public boolean isInLineItem() {
    return itemDepth > 0;
  }

  /** Returns the path of the array of line items. */
  public List<String> lineItems() {
    return List.copyOf(names.subList(0, itemDepth));
  }

  /** Returns the path as written in a format. */
  @Override
  public String toString() {
    String text = text(names, itemDepth, "[]");
    boolean isReserved = isNull(text) || NUMBER.matcher(text).matches();
    return isReserved ? "'" + String.join("'.'", names) + "'" : text;
  }

  private static boolean isNull(String text) {
    return text.equals("null") || text.equals("~");
  }

  /** Returns the name that is most similar to one that is missing, best with the same letters. */
  public static String nearest(String missing, List<String> names) {
    return names.stream()
        .filter(missing::equalsIgnoreCase)
        .findFirst()
        .orElseGet(() -> FlagErrors.nearest(missing, names));
  }

  /** Returns names as a path, with {@code suffix} after the name of the array of line items. */
  public static String text(List<String> names, int itemDepth, String suffix) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ".").append(quotedIfNeeded(names.get(i)));
      if (i + 1 == itemDepth) {
        text.append(suffix);
      }
    }
    return text.toString();
  }

  private static String quotedIfNeeded(String name) {
    boolean isPlain = name.equals(name.strip()) && !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      isPlain &= !Parser.isSpecial(name.charAt(i));
    }
    return isPlain ? name : "'" + name + "'";
  }

  /** Parses one path from left to right. */
  private static final class Parser {
    private static final String SPECIAL = ".[]'\",={}";

    private final String text;
    private final List<String> names = new ArrayList<>();
    private int at;
    private int itemDepth;

    Parser(String text) {
      this.text = text;
    }

    static boolean isSpecial(char c) {
      return SPECIAL.indexOf(c) >= 0;
    }

    FieldPath path() {
      if (text.startsWith("$.")) {
        at = 2;
      }
      do {
        names.add(name());
        if (next() == '[') {
          lineItems();
        }
      } while (take('.'));
      if (at < text.length()) {
        throw new IllegalArgumentException(
            "unexpected %s after %s; quote a name with special characters: 'a.b'"
                .formatted(text.substring(at), text.substring(0, at)));
      }
      if (itemDepth == names.size()) {
        throw new IllegalArgumentException("names no field of a line item; use lines[].sku");
      }
      return new FieldPath(names, itemDepth);
    }

    private void lineItems() {
      int end = text.startsWith("[*]", at) ? at + 3 : at + 2;
      if (text.charAt(Math.min(end, text.length()) - 1) != ']') {
        throw new IllegalArgumentException("use [] for the array of line items");
      }
      if (itemDepth > 0) {
        throw new IllegalArgumentException("only one array can be the array of line items");
      }
      at = end;
      itemDepth = names.size();
    }

    private String name() {
      int from = at;
      if (take('\'')) {
        int end = text.indexOf('\'', at);
        if (end < 0) {
          throw new IllegalArgumentException("a quote is not closed");
        }
        String name = text.substring(at, end);
        if (name.contains("[]")) {
          throw new IllegalArgumentException(
              "is in quotes, and therefore one name; omit the quotes");
        }
        at = end + 1;
        return name;
      }
      while (at < text.length() && !isSpecial(text.charAt(at))) {
        at++;
      }
      String name = text.substring(from, at).strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a name is missing; use a path such as customer.id");
      }
      return name;
    }

    private char next() {
      return at < text.length() ? text.charAt(at) : NO_CHARACTER;
    }

    private boolean take(char expected) {
      if (next() != expected) {
        return false;
      }
      at++;
      return true;
    }
  }
}

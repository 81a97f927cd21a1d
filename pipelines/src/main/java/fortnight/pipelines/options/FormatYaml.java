package fortnight.pipelines.options;

import fortnight.transforms.formats.FormatEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The keys and values of a format in YAML. Values keep their quotes, because these distinguish
 * constants from paths; null is an empty value.
 *
 * @param mistakes values that are not text, one sentence for each
 */
record FormatYaml(List<FormatEntry> entries, List<String> mistakes) {
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();
  private static final String WHERE = "where";
  private static final String HEADER = "header";
  private static final String DELIMITER = "delimiter";

  /** More than a format needs, and little enough for a parser that is recursive. */
  private static final int MAX_DEPTH = 10;

  private static final String DIMENSIONS = "by";

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "id",
          "order_id",
          "time",
          "created_at",
          "item",
          "lines[].sku",
          "quantity",
          "lines[].qty",
          "customer",
          "customer.id",
          "price",
          "lines[].price",
          "amount",
          "lines[].total",
          "currency",
          "currency",
          WHERE,
          "status = \"paid\"");

  /** Problems of values that begin with {@code @}, {@code *}, or a quoted name. */
  private static final List<String> SPECIAL_BEGINNINGS =
      List.of("cannot start any token", "alias", "expected <block end>");

  /** What YAML reads as null. */
  private static final List<String> NULLS = List.of("", "~", "null", "Null", "NULL");

  /**
   * Parses a file.
   *
   * @throws IllegalArgumentException if the text is not YAML with keys
   */
  static FormatYaml parse(String yaml) {
    FormatYaml format = new FormatYaml(new ArrayList<>(), new ArrayList<>());
    for (NodeTuple tuple : root(yaml).getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
      Node value = tuple.getValueNode();
      if (value instanceof ScalarNode scalar) {
        format.entries.add(new FormatEntry(key, text(key, scalar)));
      } else if (value instanceof SequenceNode list && key.equals(WHERE)) {
        format.addConditions(list);
      } else if (value instanceof SequenceNode list && key.equals(HEADER)) {
        format.addNames(list);
      } else {
        format.mistakes.add(notText(key, value));
      }
    }
    return format;
  }

  /** Returns what to write instead of a list, or of keys. */
  private static String notText(String key, Node value) {
    String kind = value instanceof SequenceNode ? "is a list" : "contains keys";
    if (key.equals(DIMENSIONS)) {
      return "by: " + kind + "; use by.store: location.id";
    }
    return EXAMPLES.containsKey(key)
        ? "%s: %s; use one value, such as %1$s: %s".formatted(key, kind, EXAMPLES.get(key))
        : "%s: %s; use one value".formatted(key, kind);
  }

  private static MappingNode root(String yaml) {
    @Nullable Node root;
    try {
      checkDepth(yaml);
      root = new Compose(SETTINGS).composeString(yaml).orElse(null);
    } catch (MarkedYamlEngineException e) {
      throw new IllegalArgumentException(
          "not YAML in line %d: %s".formatted(line(e.getProblemMark()), withAdvice(e.getProblem())),
          e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    if (root instanceof MappingNode mapping) {
      return mapping;
    }
    if (root instanceof SequenceNode) {
      throw new IllegalArgumentException(
          "is a list; use lines such as id: order_id, without \"- \" before them");
    }
    boolean isText = root instanceof ScalarNode scalar && !scalar.getValue().isBlank();
    throw new IllegalArgumentException(
        isText
            ? "contains text without keys; use lines such as id: order_id, with a space after \":\""
            : "contains no keys; use lines such as id: order_id");
  }

  /** Adds what to write where a value begins with a character that has a meaning in YAML. */
  private static String withAdvice(String problem) {
    if (problem.contains("TAB")) {
      return "a tab is not allowed here; use spaces";
    }
    if (problem.startsWith("mapping values")) {
      return "more than one \": \"; write each key and its value on a line of its own";
    }
    boolean isAtBeginning = SPECIAL_BEGINNINGS.stream().anyMatch(problem::contains);
    String found = problem.replaceAll("\\.? \\(Do not use .*", "");
    return isAtBeginning
        ? found + "; write $. before a path that begins with a special character: id: $.@id"
        : found;
  }

  private static void checkDepth(String yaml) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(yaml)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "nested too deeply in line %d; use lines such as id: order_id"
                .formatted(line(event.getStartMark())));
      }
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private void addConditions(SequenceNode list) {
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar) {
        entries.add(new FormatEntry(WHERE, text(WHERE, scalar)));
      } else {
        mistakes.add("where: a condition is text, such as status = \"paid\"");
      }
    }
  }

  /** Adds the names of columns as they are written inline: {@code [order_id, "a, b"]}. */
  private void addNames(SequenceNode list) {
    List<String> names = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar) {
        char quote = scalar.getValue().contains("\"") ? '\'' : '"';
        names.add(quote + scalar.getValue() + quote);
      } else {
        mistakes.add("header: the name of a column is text, such as order_id");
      }
    }
    entries.add(new FormatEntry(HEADER, names.toString()));
  }

  private static String text(String key, ScalarNode scalar) {
    if (key.equals(DELIMITER)) {
      return scalar.getValue(); // Perhaps a tab.
    }
    String text = scalar.getValue().strip();
    if (scalar.getScalarStyle() == ScalarStyle.PLAIN && NULLS.contains(text)) {
      return "";
    }
    if (key.equals(WHERE)) {
      return text;
    }
    if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
      return '"' + text + '"';
    }
    return scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED ? "'" + text + "'" : text;
  }
}

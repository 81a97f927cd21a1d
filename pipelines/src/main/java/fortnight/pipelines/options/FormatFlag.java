package fortnight.pipelines.options;

import fortnight.common.cli.FlagErrors;
import fortnight.transforms.formats.FormatEntry;
import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the value of {@code --format}: the name of a preset, a YAML file, or keys and values
 * separated by commas.
 */
public final class FormatFlag {
  private static final List<String> FILE_SUFFIXES = List.of(".yaml", ".yml");
  private static final String WHERE = "where";

  private FormatFlag() {}

  /**
   * Returns the format.
   *
   * @throws IllegalArgumentException if the value is none; {@link InvalidFormatException} with all
   *     mistakes of a format
   */
  public static RecordFormat read(String value) {
    Optional<Preset> preset = Preset.named(value);
    if (preset.isPresent()) {
      return preset.get().format();
    }
    if (FILE_SUFFIXES.stream().anyMatch(value::endsWith)) {
      return RecordFormat.of(entries(text(value)));
    }
    if (value.contains("=")) {
      return RecordFormat.parse(value);
    }
    throw new IllegalArgumentException(
        "unknown format; did you mean %s? Use %s, a YAML file, or id=order_id,time=ts,…"
            .formatted(
                FlagErrors.nearest(value, Preset.titles()), String.join(", ", Preset.titles())));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException("the file is not UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("not a readable file", e);
    }
  }

  /** Keeps the quotes of values, because they distinguish constants from paths. */
  static List<FormatEntry> entries(String yaml) {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new IllegalArgumentException(
          "not YAML in line %d: %s".formatted(line, e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    if (!(root.orElse(null) instanceof MappingNode mapping)) {
      throw new IllegalArgumentException("contains no keys; use lines such as id: order_id");
    }
    List<FormatEntry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
      Node value = tuple.getValueNode();
      if (value instanceof ScalarNode scalar) {
        entries.add(new FormatEntry(key, withQuotes(key, scalar)));
      } else if (value instanceof SequenceNode list && key.equals(WHERE)) {
        list.getValue().forEach(item -> entries.add(new FormatEntry(key, condition(item))));
      } else {
        throw new IllegalArgumentException(
            key + ": contains a list or keys; use one value, such as by.store: location.id");
      }
    }
    return entries;
  }

  private static String condition(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new IllegalArgumentException("where: a condition is text, such as status = \"paid\"");
  }

  private static String withQuotes(String key, ScalarNode scalar) {
    String text = scalar.getValue().strip();
    if (key.equals(WHERE)) {
      return text;
    }
    if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
      return '"' + text + '"';
    }
    return scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED ? "'" + text + "'" : text;
  }
}

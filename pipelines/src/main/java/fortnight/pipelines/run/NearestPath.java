package fortnight.pipelines.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.common.cli.FlagErrors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the path in a record that is most similar to one that the record lacks. */
final class NearestPath {
  /** Paths after these many are ignored. */
  private static final int MAX_PATHS = 1_000;

  private NearestPath() {}

  /**
   * Returns the path, with {@code []} for arrays; empty if the record has no fields or is not JSON.
   *
   * @param missing a path, which may contain the index of an array
   */
  static Optional<String> in(String record, String missing) {
    Set<String> paths = new LinkedHashSet<>();
    try (JsonParser json = new JsonFactory().createParser(record)) {
      collect(json, paths);
    } catch (IOException e) {
      return Optional.empty();
    }
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(FlagErrors.nearest(missing.replaceAll("\\[\\d+]", "[]"), paths));
  }

  private static void collect(JsonParser json, Set<String> paths) throws IOException {
    Deque<String> prefixes = new ArrayDeque<>();
    String path = "";
    for (JsonToken token = json.nextToken();
        token != null && paths.size() < MAX_PATHS;
        token = json.nextToken()) {
      switch (token) {
        case FIELD_NAME -> {
          String prefix = prefixes.element();
          path = (prefix.isEmpty() ? "" : prefix + ".") + json.currentName();
          paths.add(path);
        }
        case START_OBJECT -> prefixes.push(path);
        case START_ARRAY -> {
          prefixes.push(path);
          path += "[]";
        }
        case END_OBJECT, END_ARRAY -> path = prefixes.pop();
        default -> {}
      }
    }
  }
}

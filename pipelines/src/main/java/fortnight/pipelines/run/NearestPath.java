package fortnight.pipelines.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fortnight.common.cli.FlagErrors;
import fortnight.transforms.formats.FieldPath;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the path in a record that is most similar to one that the record lacks. */
final class NearestPath {
  /** Paths after these many are ignored, and so are those that are deeper or longer. */
  private static final int MAX_PATHS = 1_000;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_LENGTH = 200;

  private NearestPath() {}

  /**
   * Returns the path, with {@code []} for arrays; empty if the record has no fields or is not JSON.
   *
   * @param missing a path, which may contain the index of an array
   */
  static Optional<String> in(String record, String missing) {
    Set<String> paths = new LinkedHashSet<>();
    try (JsonParser json = new JsonFactory().createParser(record)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        collectObject(json, "", 0, paths);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(FlagErrors.nearest(missing.replaceAll("\\[\\d+]", "[]"), paths));
  }

  private static void collectObject(JsonParser json, String prefix, int depth, Set<String> paths)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = FieldPath.text(List.of(json.currentName()), 0, "");
      String path = prefix.isEmpty() ? name : prefix + "." + name;
      json.nextToken();
      if (paths.size() == MAX_PATHS || path.length() > MAX_LENGTH || depth == MAX_DEPTH) {
        json.skipChildren();
      } else {
        paths.add(path);
        collectValue(json, path, depth, paths);
      }
    }
  }

  private static void collectValue(JsonParser json, String path, int depth, Set<String> paths)
      throws IOException {
    if (json.hasToken(JsonToken.START_OBJECT)) {
      collectObject(json, path, depth + 1, paths);
    } else if (json.hasToken(JsonToken.START_ARRAY)) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.hasToken(JsonToken.START_OBJECT)) {
          collectObject(json, path + "[]", depth + 1, paths);
        } else {
          json.skipChildren();
        }
      }
    }
  }
}

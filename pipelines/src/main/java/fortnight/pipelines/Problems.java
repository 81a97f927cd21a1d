package fortnight.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** All that is wrong with the flags, so that a user mends them in one go. */
final class Problems {
  private final List<String> problems = new ArrayList<>();

  void add(String problem) {
    problems.add(problem);
  }

  /**
   * The meaning of a flag's value; null, and one problem more, where it has none.
   *
   * @param advice what to write instead; may be empty
   */
  <T> @Nullable T read(String flag, String value, Function<String, T> meaning, String advice) {
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException e) {
      add(
          "--"
              + flag
              + "="
              + value
              + ": "
              + e.getMessage()
              + (advice.isEmpty() ? "" : "; " + advice));
      return null;
    }
  }

  void throwIfAny() throws WrongFlags {
    if (!problems.isEmpty()) {
      throw new WrongFlags(problems);
    }
  }
}

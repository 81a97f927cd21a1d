package fortnight.pipelines;

import java.util.List;

/** Flags that cannot be run with; names all of them. */
final class WrongFlags extends Exception {
  WrongFlags(List<String> problems) {
    super(String.join("\n", problems));
  }
}

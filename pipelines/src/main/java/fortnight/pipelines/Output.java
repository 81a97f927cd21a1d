package fortnight.pipelines;

import java.util.Set;

/** Where results go: each result, by its title, has a place of its own. */
sealed interface Output permits FileOutput, TopicOutput {
  /** The result that rejected records are. */
  String DEAD_LETTERS = "dead-letters";

  Set<String> titles();

  /** The place of a result. */
  String path(String title);
}

package fortnight.pipelines;

/** What {@code --input} means. */
sealed interface Input permits FileInput, TopicInput {
  /** Whether there is an end to it. */
  boolean isBounded();
}

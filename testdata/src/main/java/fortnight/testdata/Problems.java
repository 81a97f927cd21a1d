package fortnight.testdata;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the flags, a sentence for each. */
final class Problems {
  private final List<String> sentences = new ArrayList<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** Adds the sentence unless the condition is met; returns whether it is. */
  boolean unless(boolean met, String sentence) {
    if (!met) {
      add(sentence);
    }
    return met;
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }
}

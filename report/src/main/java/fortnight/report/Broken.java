package fortnight.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands among the rows of a result and is none: how many, and what the first ones look like.
 */
final class Broken {
  static final int SAMPLES = 3;

  private static final int CHARACTERS = 300;

  record Sample(String place, String why, String text) {}

  private final String title;
  private final List<Sample> samples = new ArrayList<>();
  private long count;

  Broken(String title) {
    this.title = title;
  }

  void add(String place, String why, String text) {
    count++;
    if (samples.size() < SAMPLES) {
      samples.add(new Sample(place, why, Cut.to(CHARACTERS, text)));
    }
  }

  String title() {
    return title;
  }

  long count() {
    return count;
  }

  List<Sample> samples() {
    return samples;
  }
}

package fortnight.report.rows;

import java.util.ArrayList;
import java.util.List;

/** The malformed rows of one file, topic or table: their number, and the first ones as samples. */
public final class MalformedRows {
  private static final int MAX_SAMPLES = 3;
  private static final int MAX_TEXT_LENGTH = 300;

  /**
   * A malformed row.
   *
   * @param place the line of the file, the offset in the topic, or the name of the table
   * @param text the row itself, shortened
   */
  public record Sample(String place, String error, String text) {}

  private final String title;
  private final List<Sample> samples = new ArrayList<>();
  private long count;

  MalformedRows(String title) {
    this.title = title;
  }

  void add(String place, String error, String text) {
    count++;
    if (samples.size() < MAX_SAMPLES) {
      samples.add(new Sample(place, error, JsonRow.shortened(text, MAX_TEXT_LENGTH)));
    }
  }

  public String title() {
    return title;
  }

  public long count() {
    return count;
  }

  public List<Sample> samples() {
    return samples;
  }
}

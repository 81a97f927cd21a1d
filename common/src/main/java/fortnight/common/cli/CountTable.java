package fortnight.common.cli;

import java.util.Locale;

/** A table for the terminal, with a name, a count and a remark in each line. */
public final class CountTable {
  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a line.
   *
   * @param name with leading spaces if it is a part of the line before
   * @param remark may be empty
   */
  public void line(String name, long count, String remark) {
    text.append(String.format(Locale.ROOT, "%-26s %,15d  %s", name, count, remark).stripTrailing());
    text.append('\n');
  }

  /** Adds an empty line. */
  public void emptyLine() {
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package fortnight.pipelines.globs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands the braces of a glob. Braces contain alternatives, which may contain slashes and further
 * braces, or a range such as {@code 01..12}.
 */
final class BraceExpansion {
  private static final int MAX_ALTERNATIVES = 10_000;
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");

  private BraceExpansion() {}

  /**
   * Returns the globs for all combinations of alternatives, in the order of the text.
   *
   * @throws IllegalArgumentException if a brace is not closed, or there are too many alternatives
   */
  static List<String> expand(String glob) {
    List<String> expanded = new ArrayList<>();
    Deque<String> pending = new ArrayDeque<>(List.of(glob));
    while (!pending.isEmpty()) {
      String next = pending.removeFirst();
      int open = indexOfBrace(next);
      if (open < 0) {
        expanded.add(next);
      } else {
        List<String> alternatives = new ArrayList<>();
        int close = alternatives(next, open, alternatives);
        for (int i = alternatives.size() - 1; i >= 0; i--) {
          pending.addFirst(
              next.substring(0, open) + alternatives.get(i) + next.substring(close + 1));
        }
      }
      if (expanded.size() + pending.size() > MAX_ALTERNATIVES) {
        throw tooManyAlternatives();
      }
    }
    return expanded;
  }

  private static int indexOfBrace(String glob) {
    for (int i = 0; i < glob.length(); i = GlobPattern.endOfToken(glob, i)) {
      if (glob.charAt(i) == '{') {
        return i;
      }
    }
    return -1;
  }

  /** Adds the alternatives of the brace that opens here; returns the index of its end. */
  private static int alternatives(String glob, int open, List<String> alternatives) {
    int depth = 0;
    int start = open + 1;
    for (int i = open; i < glob.length(); i = GlobPattern.endOfToken(glob, i)) {
      char c = glob.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0 || (depth == 1 && c == ',')) {
        alternatives.add(glob.substring(start, i));
        start = i + 1;
      }
      if (depth == 0) {
        expandRange(alternatives);
        return i;
      }
    }
    throw new IllegalArgumentException(
        "the { at character " + (open + 1) + " has no }; use \\{ for the character");
  }

  /** Replaces a range such as {@code 01..12} by its numbers. */
  private static void expandRange(List<String> alternatives) {
    Matcher range = RANGE.matcher(alternatives.get(0));
    if (alternatives.size() > 1 || !range.matches()) {
      return;
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    boolean isPadded = range.group(1).matches("-?0\\d.*") || range.group(2).matches("-?0\\d.*");
    int width = isPadded ? Math.max(range.group(1).length(), range.group(2).length()) : 1;
    if (Math.abs((long) to - from) >= MAX_ALTERNATIVES) {
      throw tooManyAlternatives();
    }
    alternatives.clear();
    int step = from <= to ? 1 : -1;
    for (int i = from; i != to + step; i += step) {
      alternatives.add(("%0" + width + "d").formatted(i));
    }
  }

  private static IllegalArgumentException tooManyAlternatives() {
    return new IllegalArgumentException(
        "its braces have more than " + MAX_ALTERNATIVES + " alternatives; use * or ?");
  }
}

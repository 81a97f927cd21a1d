package fortnight.pipelines.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A glob without braces, cut at its slashes: what shells and Java's path matchers understand.
 *
 * <p>{@code *} and {@code ?} match within a name, {@code **} matches any number of directories,
 * {@code [a-z]}, {@code [!a]} and {@code [[:digit:]]} one character, and a backslash takes the next
 * character literally. Braces, which may be nested, hold slashes, or hold a range such as {@code
 * 01..12}, are expanded first.
 *
 * @param isAbsolute whether it begins with a slash
 */
record GlobPattern(boolean isAbsolute, List<Segment> segments) {
  private static final String MAGIC = "*?[{\\";
  private static final int MOST_ALTERNATIVES = 10_000;
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");

  /**
   * What stands between two slashes.
   *
   * @param literal the name, if it is one; otherwise empty
   * @param pattern what names match; from a segment such as {@code **.jsonl} on it is about all
   *     that follows, with slashes
   * @param lenient the same, except that any number of characters is accepted for each single one
   * @param isRecursive {@code **}
   * @param crosses whether the pattern is about all that follows
   * @param namesHidden whether names that begin with a dot or an underscore are meant
   */
  record Segment(
      String literal,
      Pattern pattern,
      Pattern lenient,
      boolean isRecursive,
      boolean crosses,
      boolean namesHidden) {
    boolean isLiteral() {
      return !literal.isEmpty();
    }
  }

  /** Whether a path may be a glob. */
  static boolean isMeantBy(String spec) {
    return spec.chars().anyMatch(c -> MAGIC.indexOf(c) >= 0);
  }

  /**
   * The patterns of a glob, one for each alternative of its braces.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static List<GlobPattern> parse(String glob) {
    return expand(glob).stream().map(GlobPattern::withoutBraces).toList();
  }

  private static GlobPattern withoutBraces(String glob) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < glob.length(); ) {
      if (glob.charAt(i) == '/') {
        names.add(name.toString());
        name.setLength(0);
        i++;
      } else {
        int end = endOfToken(glob, i);
        name.append(glob, i, end);
        i = end;
      }
    }
    names.add(name.toString());
    names.removeIf(String::isEmpty);
    if (!names.isEmpty() && names.get(names.size() - 1).equals("**")) {
      names.add("*");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean crosses = names.get(i).contains("**") && !names.get(i).equals("**");
      segments.add(segment(crosses ? names.subList(i, names.size()) : List.of(names.get(i))));
      if (crosses) {
        break;
      }
    }
    return new GlobPattern(glob.startsWith("/"), segments);
  }

  private static Segment segment(List<String> names) {
    String first = names.get(0);
    boolean namesHidden = first.matches("(?s)\\\\?[._].*");
    boolean isRecursive = first.equals("**");
    StringBuilder literal = new StringBuilder();
    StringBuilder exact = new StringBuilder();
    StringBuilder lenient = new StringBuilder();
    boolean isLiteral = names.size() == 1;
    for (int n = 0; n < names.size(); n++) {
      String name = names.get(n);
      if (name.equals("**")) {
        exact.append("(?:.*/)?");
        lenient.append("(?:.*/)?");
        isLiteral = false;
        continue;
      }
      for (int i = 0; i < name.length(); ) {
        int end = endOfToken(name, i);
        char c = name.charAt(i);
        if (c == '*' && name.startsWith("**", i)) {
          exact.append(".*");
          lenient.append(".*");
          end = i + 2;
        } else if (c == '*') {
          exact.append("[^/]*");
          lenient.append("[^/]*");
        } else if (c == '?') {
          exact.append("[^/]");
          lenient.append("[^/]+");
        } else if (c == '[') {
          exact.append(bracket(name.substring(i, end)));
          lenient.append("[^/]+");
        } else {
          String character = name.substring(c == '\\' ? i + 1 : i, end);
          literal.append(character);
          exact.append(Pattern.quote(character));
          lenient.append(Pattern.quote(character));
        }
        isLiteral &= c != '*' && c != '?' && c != '[';
        i = end;
      }
      if (n < names.size() - 1) {
        exact.append('/');
        lenient.append('/');
      }
    }
    return new Segment(
        isLiteral ? literal.toString() : "",
        Pattern.compile(exact.toString(), Pattern.DOTALL),
        Pattern.compile(lenient.toString(), Pattern.DOTALL),
        isRecursive,
        names.size() > 1 || (first.contains("**") && !isRecursive),
        namesHidden);
  }

  /** The end of what begins here: an escaped character, a bracket expression, or a character. */
  private static int endOfToken(String glob, int start) {
    char c = glob.charAt(start);
    if (c == '\\') {
      if (start + 1 == glob.length()) {
        throw new IllegalArgumentException(
            "it ends with a backslash that has nothing to escape; write \\\\ for a backslash");
      }
      return start + 1 + Character.charCount(glob.codePointAt(start + 1));
    }
    return c == '['
        ? endOfBracket(glob, start)
        : start + Character.charCount(glob.codePointAt(start));
  }

  private static int endOfBracket(String glob, int start) {
    int i = start + 1;
    if (i < glob.length() && (glob.charAt(i) == '!' || glob.charAt(i) == '^')) {
      i++;
    }
    int first = i;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      if (c == ']' && i > first) {
        return i + 1;
      }
      if (c == '/') {
        break;
      }
      int endOfClass = c == '[' && glob.startsWith("[:", i) ? glob.indexOf(":]", i + 2) : -1;
      i = endOfClass > 0 ? endOfClass + 2 : c == '\\' ? i + 2 : i + 1;
    }
    throw new IllegalArgumentException(
        "the [ at character " + (start + 1) + " has no ]; write \\[ if a name holds one");
  }

  private static String bracket(String token) {
    boolean isNegated = token.charAt(1) == '!' || token.charAt(1) == '^';
    StringBuilder regex = new StringBuilder(isNegated ? "[^/" : "[");
    String members = token.substring(isNegated ? 2 : 1, token.length() - 1);
    for (int i = 0; i < members.length(); ) {
      if (members.startsWith("[:", i) && members.indexOf(":]", i) > 0) {
        int end = members.indexOf(":]", i);
        regex.append(characterClass(members.substring(i + 2, end)));
        i = end + 2;
        continue;
      }
      i = members.charAt(i) == '\\' && i + 1 < members.length() ? i + 1 : i;
      int from = members.codePointAt(i);
      i += Character.charCount(from);
      int to = from;
      if (i + 1 < members.length() && members.charAt(i) == '-') {
        i = members.charAt(i + 1) == '\\' && i + 2 < members.length() ? i + 2 : i + 1;
        to = members.codePointAt(i);
        i += Character.charCount(to);
      }
      if (to < from) {
        throw new IllegalArgumentException(
            "the range "
                + Character.toString(from)
                + "-"
                + Character.toString(to)
                + " is reversed");
      }
      regex.append("\\x{%x}-\\x{%x}".formatted(from, to));
    }
    return regex.append("&&[^/]]").toString();
  }

  private static String characterClass(String name) {
    return switch (name) {
      case "alnum" -> "\\p{IsAlphabetic}\\p{IsDigit}";
      case "alpha" -> "\\p{IsAlphabetic}";
      case "digit" -> "0-9";
      case "lower" -> "\\p{IsLowercase}";
      case "upper" -> "\\p{IsUppercase}";
      case "punct" -> "\\p{Punct}";
      case "space" -> "\\s";
      case "xdigit" -> "0-9a-fA-F";
      default -> throw new IllegalArgumentException("no character class is called " + name);
    };
  }

  /** Each alternative of all braces, in the order of the text. */
  private static List<String> expand(String glob) {
    List<String> done = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(List.of(glob));
    while (!left.isEmpty()) {
      String next = left.removeFirst();
      int open = indexOfBrace(next);
      if (open < 0) {
        done.add(next);
      } else {
        List<String> alternatives = new ArrayList<>();
        int close = alternatives(next, open, alternatives);
        for (int i = alternatives.size() - 1; i >= 0; i--) {
          left.addFirst(next.substring(0, open) + alternatives.get(i) + next.substring(close + 1));
        }
      }
      if (done.size() + left.size() > MOST_ALTERNATIVES) {
        throw new IllegalArgumentException(
            "its braces have more than " + MOST_ALTERNATIVES + " alternatives; use * or ?");
      }
    }
    return done;
  }

  private static int indexOfBrace(String glob) {
    for (int i = 0; i < glob.length(); i = endOfToken(glob, i)) {
      if (glob.charAt(i) == '{') {
        return i;
      }
    }
    return -1;
  }

  /** Adds the alternatives of the braces that open here; returns where these close. */
  private static int alternatives(String glob, int open, List<String> alternatives) {
    int depth = 0;
    int start = open + 1;
    for (int i = open; i < glob.length(); i = endOfToken(glob, i)) {
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
        "the { at character " + (open + 1) + " has no }; write \\{ if a name holds one");
  }

  /** {@code 01..12} in place of {@code 01,02,…,12}. */
  private static void expandRange(List<String> alternatives) {
    Matcher range = RANGE.matcher(alternatives.get(0));
    if (alternatives.size() > 1 || !range.matches()) {
      return;
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    boolean isPadded = range.group(1).matches("-?0\\d.*") || range.group(2).matches("-?0\\d.*");
    int width = isPadded ? Math.max(range.group(1).length(), range.group(2).length()) : 1;
    if (Math.abs((long) to - from) >= MOST_ALTERNATIVES) {
      throw new IllegalArgumentException(
          "its braces have more than " + MOST_ALTERNATIVES + " alternatives; use * or ?");
    }
    alternatives.clear();
    int step = from <= to ? 1 : -1;
    for (int i = from; i != to + step; i += step) {
      alternatives.add(("%0" + width + "d").formatted(i));
    }
  }
}

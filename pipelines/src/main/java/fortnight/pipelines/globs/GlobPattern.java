package fortnight.pipelines.globs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A glob without braces, split at its slashes.
 *
 * <p>{@code *} and {@code ?} match within a name, {@code **} matches any number of directories,
 * {@code [a-z]}, {@code [!a]} and {@code [[:digit:]]} match one character, and a backslash escapes
 * the next character. {@link BraceExpansion} expands braces first.
 *
 * @param isAbsolute whether the glob begins with a slash
 */
public record GlobPattern(boolean isAbsolute, List<Segment> segments) {
  private static final String SPECIAL = "*?[{\\";

  /**
   * A part of the glob between two slashes.
   *
   * @param literal the name, if the segment contains no wildcard; otherwise empty
   * @param pattern matches a name; if the segment crosses directories, a path
   * @param lenient as {@code pattern}, but accepts one or more characters for each {@code ?} and
   *     each bracket expression
   * @param isRecursive whether the segment is {@code **}
   * @param crossesDirectories whether the segment, such as {@code **.jsonl}, and all that follow it
   *     are matched as one pattern
   * @param matchesHidden whether the segment begins with a dot or an underscore
   */
  public record Segment(
      String literal,
      Pattern pattern,
      Pattern lenient,
      boolean isRecursive,
      boolean crossesDirectories,
      boolean matchesHidden) {
    boolean isLiteral() {
      return !literal.isEmpty();
    }
  }

  /** Whether a path contains a character that is special in a glob. */
  public static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /**
   * Returns the patterns of a glob, one for each alternative of its braces.
   *
   * @throws IllegalArgumentException if the syntax is wrong
   */
  static List<GlobPattern> parse(String glob) {
    return BraceExpansion.expand(glob).stream().map(GlobPattern::withoutBraces).toList();
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
      boolean crossesDirectories = names.get(i).contains("**") && !names.get(i).equals("**");
      segments.add(
          segment(crossesDirectories ? names.subList(i, names.size()) : List.of(names.get(i))));
      if (crossesDirectories) {
        break;
      }
    }
    return new GlobPattern(glob.startsWith("/"), segments);
  }

  private static Segment segment(List<String> names) {
    String first = names.get(0);
    boolean matchesHidden = first.matches("(?s)\\\\?[._].*");
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
        matchesHidden);
  }

  /**
   * Returns the end of the token that begins here: an escaped character, a bracket expression, or a
   * single character.
   */
  static int endOfToken(String glob, int start) {
    char c = glob.charAt(start);
    if (c == '\\') {
      if (start + 1 == glob.length()) {
        throw new IllegalArgumentException("it ends with a backslash; use \\\\ for a backslash");
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
        "the [ at character " + (start + 1) + " has no ]; use \\[ for the character");
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
      default -> throw new IllegalArgumentException("unknown character class: " + name);
    };
  }
}

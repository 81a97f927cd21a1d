package fortnight.pipelines.propose;

import fortnight.transforms.formats.FieldPath;
import fortnight.transforms.formats.FormatEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A format file: keys and their values, comments, and what is left for the user to decide.
 *
 * <p>A key that is undecided has no value, so that the file is not valid before it has one. Of its
 * alternatives, which are comments, the first one is used for examples.
 */
final class FormatFile {
  /** What YAML reads as text, if it is none of {@link #WORDS}. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\[\\]' -]*");

  /** What to do with alternatives. */
  static final String CHOOSE = "Remove \"# \" before the lines of one of them.";

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]");
  private static final int MAX_COMMENT_COLUMN = 48;

  /** Words that YAML, or the key id, reads as something other than a name. */
  private static final Set<String> WORDS =
      Set.of("none", "null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final List<String> title = new ArrayList<>();
  private final List<String> decisions = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private enum Kind {
    SET,
    UNDECIDED,

    /** A comment whose value an undecided key could have. */
    FIRST_ALTERNATIVE,
    ALTERNATIVE
  }

  private record Line(Kind kind, String key, String value, String comment) {
    String text() {
      boolean isComment = kind == Kind.ALTERNATIVE || kind == Kind.FIRST_ALTERNATIVE;
      return (isComment ? "# " : "") + (key + ": " + value).strip();
    }
  }

  /** Adds a comment at the beginning of the file. */
  void title(String text) {
    title.add(text);
  }

  /** Adds what the user must decide or check. */
  void decide(String sentence) {
    decisions.add(sentence);
  }

  void set(String key, String value, String comment) {
    lines.add(new Line(Kind.SET, key, value, comment));
  }

  /** Adds a key without a value. */
  void leaveUndecided(String key) {
    lines.add(new Line(Kind.UNDECIDED, key, "", ""));
  }

  /** Adds a value that a key could have, as a comment. */
  void alternative(String key, String value, String comment) {
    alternative(key, value, comment, false);
  }

  /**
   * Adds a value that a key could have, as a comment.
   *
   * @param isFirst whether the undecided key has this value in examples
   */
  void alternative(String key, String value, String comment, boolean isFirst) {
    lines.add(new Line(isFirst ? Kind.FIRST_ALTERNATIVE : Kind.ALTERNATIVE, key, value, comment));
  }

  /** Replaces the value of a key; the old one becomes an alternative. */
  void replace(String key, String value, String comment) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.kind == Kind.SET && line.key.equals(key)) {
        lines.set(i, new Line(Kind.ALTERNATIVE, key, line.value, comment));
        lines.add(i + 1, new Line(Kind.SET, key, value, ""));
        return;
      }
    }
  }

  /** Begins a paragraph of comments at the end of the file. */
  void beginNote() {
    notes.add("");
  }

  /** Adds a comment at the end of the file. */
  void note(String text) {
    notes.add("# " + text);
  }

  /** Adds the keys, comments and decisions of another file. */
  void add(FormatFile other) {
    lines.addAll(other.lines);
    decisions.addAll(other.decisions);
  }

  boolean hasUndecided() {
    return lines.stream().anyMatch(line -> line.kind == Kind.UNDECIDED);
  }

  List<String> decisions() {
    return decisions;
  }

  boolean isUndecided(String key) {
    return lines.stream().anyMatch(line -> line.kind == Kind.UNDECIDED && line.key.equals(key));
  }

  /** Returns whether a path is the value of a key. */
  boolean sets(FieldPath path) {
    String value = value(path);
    return lines.stream().anyMatch(line -> line.kind == Kind.SET && line.value.equals(value));
  }

  /** Returns whether a path is the value, or an alternative, of a key. */
  boolean mentions(FieldPath path) {
    String value = value(path);
    return lines.stream().anyMatch(line -> line.value.equals(value));
  }

  /** Returns the keys and values, with the first alternatives of undecided keys. */
  List<FormatEntry> entries() {
    return lines.stream()
        .filter(line -> line.kind == Kind.SET || line.kind == Kind.FIRST_ALTERNATIVE)
        .map(line -> new FormatEntry(line.key, line.value))
        .toList();
  }

  /** Returns the text of the file. */
  String text() {
    StringBuilder text = new StringBuilder();
    title.forEach(line -> append(text, "# " + line));
    if (!decisions.isEmpty()) {
      append(text, "#");
      append(text, "# To decide:");
      decisions.forEach(line -> append(text, "#   " + line));
    }
    text.append('\n');
    int column =
        lines.stream()
            .filter(line -> !line.comment.isEmpty())
            .mapToInt(line -> Math.min(MAX_COMMENT_COLUMN, line.text().length()))
            .max()
            .orElse(0);
    for (Line line : lines) {
      String padding = " ".repeat(Math.max(0, column - line.text().length()));
      append(
          text,
          line.comment.isEmpty() ? line.text() : line.text() + padding + "  # " + line.comment);
    }
    notes.forEach(line -> append(text, line));
    return text.toString();
  }

  private static void append(StringBuilder text, String line) {
    text.append(CONTROL.matcher(line).replaceAll(" ").stripTrailing()).append('\n');
  }

  /** Returns a path as a value: with {@code $.} where YAML would read something else. */
  static String value(FieldPath path) {
    String text = path.toString();
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : "$." + text;
  }

  /** Returns text as a value: in single quotes where YAML would end it before. */
  static String text(String text) {
    return isUnwritable(text) ? "'" + text.replace("'", "''") + "'" : text;
  }

  /** Returns whether a path can be written as a value; not if a name contains a quote. */
  static boolean isWritable(FieldPath path) {
    if (path.names().stream().anyMatch(FormatFile::isUnwritable)) {
      return false;
    }
    try {
      return FieldPath.parse(value(path)).equals(path);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** YAML ends a value at these. */
  private static boolean isUnwritable(String name) {
    return CONTROL.matcher(name).find()
        || name.contains(": ")
        || name.endsWith(":")
        || name.contains(" #");
  }
}

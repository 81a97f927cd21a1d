package fortnight.transforms.formats;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a format into its keys and values: {@code id=order_id,time=ts}. */
final class FormatText {
  private FormatText() {}

  /**
   * Returns the keys and values; adds a mistake for each part that is not {@code key=value}. The
   * name of a preset can come first.
   */
  static List<FormatEntry> entries(String text, List<String> mistakes) {
    List<FormatEntry> entries = new ArrayList<>();
    for (String part : split(text)) {
      int equals = part.indexOf('=');
      if (entries.isEmpty() && Preset.named(part.strip()).isPresent()) {
        entries.add(new FormatEntry(FormatReader.PRESET, part.strip()));
      } else if (part.isBlank()) {
        mistakes.add("empty between two commas, or after the last one");
      } else if (equals < 1) {
        mistakes.add(part.strip() + ": not a key and a value; use id=order_id,time=ts");
      } else {
        entries.add(
            new FormatEntry(part.substring(0, equals).strip(), part.substring(equals + 1).strip()));
      }
    }
    return entries;
  }

  /** Splits at commas that are neither in quotes nor in brackets. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    char quote = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        boolean isEscape = c == '\\' && quote == '"' && i + 1 < text.length();
        if (isEscape) {
          part.append(c);
          i++;
          c = text.charAt(i);
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(part.toString());
        part.setLength(0);
        continue;
      }
      part.append(c);
    }
    parts.add(part.toString());
    return parts;
  }
}

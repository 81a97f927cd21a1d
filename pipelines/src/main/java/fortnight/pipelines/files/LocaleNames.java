package fortnight.pipelines.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * File names that Java cannot represent in the current locale. It reads them as other characters,
 * and then finds no file of that name, or makes another one.
 */
final class LocaleNames {
  private static final char REPLACEMENT = '\uFFFD';

  private static final String CHARSET =
      System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());

  private LocaleNames() {}

  /** Whether a name from a directory is the name of the same file once it is text. */
  static boolean isRepresented(Path name) {
    String text = name.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return true;
    }
    try {
      return Path.of(text).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a path from the command line may have lost characters on its way into Java. */
  static boolean mayHaveLost(String path) {
    boolean isAscii = !CHARSET.equals("UTF-8") && path.indexOf('?') >= 0;
    return isAscii || (path.indexOf(REPLACEMENT) >= 0);
  }

  /** Says that a name in a directory cannot be read. */
  static String refusal(Path directory) {
    return "a file name in "
        + directory
        + " cannot be represented in this locale ("
        + CHARSET
        + "); "
        + advice();
  }

  /** Says that a path cannot be used. */
  static String refusal() {
    return "characters of the path cannot be represented in this locale ("
        + CHARSET
        + "); "
        + advice();
  }

  private static String advice() {
    return CHARSET.equals("UTF-8") ? "rename the file" : "set LC_ALL=C.UTF-8";
  }
}

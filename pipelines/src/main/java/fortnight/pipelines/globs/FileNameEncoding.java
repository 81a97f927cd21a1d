package fortnight.pipelines.globs;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Detects file names that Java cannot represent in the current locale. Java replaces their
 * characters, and then does not find the file, or creates one of another name.
 */
public final class FileNameEncoding {
  private static final char REPLACEMENT = '\uFFFD';

  private static final String CHARSET =
      System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());

  private FileNameEncoding() {}

  /** Whether a name read from a directory still identifies the file after conversion to text. */
  public static boolean isRepresentable(Path name) {
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

  /** Whether characters of a command-line argument may have been replaced when it was decoded. */
  public static boolean mayBeLossy(String argument) {
    boolean isReplacedByAscii = !CHARSET.equals("UTF-8") && argument.indexOf('?') >= 0;
    return isReplacedByAscii || argument.indexOf(REPLACEMENT) >= 0;
  }

  /** The error for a directory that contains a name that cannot be represented. */
  public static String errorIn(Path directory) {
    return "a file name in %s %s".formatted(directory, error());
  }

  /** The error for a path that cannot be represented. */
  public static String errorInPath() {
    return "the path contains characters that " + error();
  }

  private static String error() {
    return "cannot be represented in this locale (%s); %s"
        .formatted(CHARSET, CHARSET.equals("UTF-8") ? "rename the file" : "set LC_ALL=C.UTF-8");
  }
}

package fortnight.pipelines.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Checks that standard input is open. If a process starts without it, the JVM opens one of its own
 * files with the same descriptor. Works on Linux; other systems have no {@code /proc}.
 */
final class StandardInput {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String ARCHIVE_OF_CLASSES = ".jsa";

  private StandardInput() {}

  /**
   * Does nothing if standard input can be read.
   *
   * @throws IllegalArgumentException if it is closed
   */
  static void check() {
    Path descriptor = DESCRIPTORS.resolve("0");
    boolean isClosed =
        Files.isDirectory(DESCRIPTORS) && !Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS);
    if (isClosed || isOfJvm(descriptor)) {
      throw new IllegalArgumentException(
          "standard input is closed; use a pipe or a file, as in --input=- < orders.jsonl");
    }
  }

  private static boolean isOfJvm(Path descriptor) {
    try {
      Path file = descriptor.toRealPath();
      return file.toString().endsWith(ARCHIVE_OF_CLASSES)
          || file.startsWith(Path.of(System.getProperty("java.home")).toRealPath())
          || Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .anyMatch(entry -> isSame(file, entry));
    } catch (IOException e) {
      return false; // A pipe or a socket has no path.
    }
  }

  private static boolean isSame(Path file, String entry) {
    try {
      return Files.isSameFile(file, Path.of(entry));
    } catch (IOException e) {
      return false; // The class path can have entries that do not exist.
    }
  }
}

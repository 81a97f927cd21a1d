package fortnight.pipelines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;

/** What the paths in flags mean; each says in one sentence why it means nothing. */
final class Paths {
  private Paths() {}

  /** A path in the one form in which it can be compared: absolute, straight, without links. */
  static String whole(String path) {
    if (KafkaAddress.isMeantBy(path)) {
      return path;
    }
    if (path.contains("://")) {
      return FileSystems.matchNewResource(path, false).toString();
    }
    Path local = Path.of(path).toAbsolutePath().normalize();
    try {
      return local.getParent().toRealPath().resolve(local.getFileName()).toString();
    } catch (IOException e) {
      return local.toString(); // Its directory is not there yet, so it is nobody else's, either.
    }
  }

  /** A path below the working directory, relative to it; any other as it is. */
  static String seenFromHere(String path) {
    String here = Path.of("").toAbsolutePath() + File.separator;
    return path.startsWith(here) ? path.substring(here.length()) : path;
  }

  static String fileIn(String directory, String name) {
    return FileSystems.matchNewResource(directory, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE)
        .toString();
  }

  static List<InputFile> files(String spec) {
    notBlank(spec);
    return InputFiles.match(spec);
  }

  static String directory(String path) {
    notBlank(path);
    if (new File(path).isFile()) {
      throw new IllegalArgumentException("a file, where a directory is needed");
    }
    return inFileSystem(path, true);
  }

  static String file(String path) {
    notBlank(path);
    if (path.endsWith("/") || new File(path).isDirectory()) {
      throw new IllegalArgumentException("a directory, where a file is needed");
    }
    if (new File(path).exists() && !new File(path).isFile()) {
      throw new IllegalArgumentException("no regular file, so it cannot be replaced by one");
    }
    return inFileSystem(path, false);
  }

  static String readableFile(String path) {
    if (!new File(path).isFile() || !new File(path).canRead()) {
      throw new IllegalArgumentException("no file is there that can be read");
    }
    return path;
  }

  /** The path itself; Beam throws where it knows no file system for it. */
  private static String inFileSystem(String path, boolean isDirectory) {
    FileSystems.matchNewResource(path, isDirectory);
    return path;
  }

  private static void notBlank(String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("no path at all");
    }
  }
}

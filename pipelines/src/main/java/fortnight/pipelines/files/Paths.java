package fortnight.pipelines.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;

/** What the paths in flags mean; each says in one sentence why it means nothing. */
public final class Paths {
  private Paths() {}

  /** A path in the one form in which it can be compared: absolute, straight, without links. */
  public static String canonical(String path) {
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

  /** The same of many paths; those of one directory take little time. */
  public static Set<String> canonical(Collection<String> paths) {
    Map<Path, Path> directories = new HashMap<>();
    Set<String> whole = new HashSet<>();
    for (String path : paths) {
      if (InputFile.isRemote(path)) {
        whole.add(canonical(path));
      } else {
        Path local = Path.of(path).toAbsolutePath().normalize();
        Path directory =
            directories.computeIfAbsent(
                local.getParent(), parent -> Path.of(canonical(local.toString())).getParent());
        whole.add(directory.resolve(local.getFileName()).toString());
      }
    }
    return whole;
  }

  /** A path below the working directory, relative to it; any other as it is. */
  public static String relative(String path) {
    String here = Path.of("").toAbsolutePath() + File.separator;
    return path.startsWith(here) ? path.substring(here.length()) : path;
  }

  public static String resolve(String directory, String name) {
    return FileSystems.matchNewResource(directory, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE)
        .toString();
  }

  public static List<InputFile> files(String spec) {
    notBlank(spec);
    return InputFiles.match(spec);
  }

  public static String directory(String path) {
    notBlank(path);
    representable(path);
    if (new File(path).isFile()) {
      throw new IllegalArgumentException("a file, where a directory is needed");
    }
    return inFileSystem(path, true);
  }

  public static String file(String path) {
    notBlank(path);
    representable(path);
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

  /** Another directory or file would be made under another name. */
  private static void representable(String path) {
    if (LocaleNames.mayHaveLost(path)) {
      throw new IllegalArgumentException(LocaleNames.refusal());
    }
  }

  private static void notBlank(String path) {
    if (path.isBlank()) {
      throw new IllegalArgumentException("no path at all");
    }
  }
}

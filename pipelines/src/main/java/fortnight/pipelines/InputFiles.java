package fortnight.pipelines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the files that {@code --input} means, and says in one sentence why there are none. */
final class InputFiles {
  /** Beam looks for a missing path through all that lies below its parent, links and all. */
  private static final Pattern GLOB = Pattern.compile("[*?\\[{\\\\]");

  private static final List<Compression> COMPRESSIONS =
      List.of(Compression.GZIP, Compression.BZIP2, Compression.ZSTD);

  private InputFiles() {}

  /** The files of a path or glob, ordered by path; at least one of them has something in it. */
  static List<InputFile> match(String spec) {
    Path local = localPath(spec);
    if (local != null && Files.isDirectory(local)) {
      throw new IllegalArgumentException(
          "a directory; to read the files in it, say " + local.resolve("*"));
    }
    if (local != null && !Files.exists(local) && !GLOB.matcher(spec).find()) {
      throw new IllegalArgumentException(
          local.isAbsolute()
              ? "no file is there"
              : "no file is there, seen from " + Path.of("").toAbsolutePath());
    }
    List<InputFile> files =
        local != null && Files.isRegularFile(local) ? List.of(exactly(local, spec)) : glob(spec);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file matches");
    }
    if (files.stream().allMatch(file -> file.size() == 0)) {
      throw new IllegalArgumentException("empty, there is no record to read");
    }
    return files;
  }

  static Compression compressionOf(String path) {
    return COMPRESSIONS.stream()
        .filter(compression -> compression.matches(path))
        .findFirst()
        .orElse(Compression.UNCOMPRESSED);
  }

  /** The local path of a spec; null where it names another file system, or is none. */
  private static @Nullable Path localPath(String spec) {
    return spec.contains("://") || spec.indexOf('\0') >= 0 ? null : new File(spec).toPath();
  }

  /** A file that exists by this very name, even if Beam would take the name for a glob. */
  private static InputFile exactly(Path local, String spec) {
    if (!Files.isReadable(local)) {
      throw new IllegalArgumentException("this user may not read it");
    }
    return file(local.toAbsolutePath().toString(), spec, local.toFile().length(), true);
  }

  private static List<InputFile> glob(String spec) {
    List<InputFile> files = new ArrayList<>();
    try {
      for (MatchResult.Metadata found :
          FileSystems.match(spec, EmptyMatchTreatment.ALLOW).metadata()) {
        String path = found.resourceId().toString();
        if (!found.resourceId().isDirectory() && !new File(path).isDirectory()) {
          files.add(
              file(path, asAsked(path, spec), found.sizeBytes(), found.isReadSeekEfficient()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot look there: " + e.getMessage(), e);
    }
    files.sort(Comparator.comparing(InputFile::path));
    return files;
  }

  private static InputFile file(String path, String origin, long size, boolean seekable) {
    boolean whole = !seekable || compressionOf(path) != Compression.UNCOMPRESSED;
    return new InputFile(path, origin + ":", size, whole);
  }

  /** Who asked for relative paths gets relative ones back. */
  private static String asAsked(String path, String spec) {
    boolean relative = !spec.contains("://") && !Path.of(spec).isAbsolute();
    return relative ? Paths.seenFromHere(path) : path;
  }
}

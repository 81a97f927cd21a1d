package fortnight.pipelines.files;

import fortnight.common.cli.ErrorMessages;
import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.ContentProbe;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the files that {@code --input} means, and says in one sentence why there are none. */
public final class InputFiles {
  /** The process whose file descriptors {@code /dev/fd} and its like mean, if not this one. */
  static final String DESCRIPTORS_OF = "fortnight.descriptorsOf";

  private static final Pattern DESCRIPTOR = Pattern.compile("/(?:dev|proc/self)/fd/(\\d+)");
  private static final String LOCAL_SCHEME = "file://";
  private static final int NAMED = 3;

  /** How many compressed files are opened before the run, which looks into all of them. */
  private static final int OPENED = 1_000;

  private InputFiles() {}

  /** The files of a path or glob, ordered by path; at least one of them has something in it. */
  public static List<InputFile> match(String spec) {
    if (spec.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a path has no NUL character");
    }
    boolean isScheme = spec.startsWith(LOCAL_SCHEME);
    List<InputFile> files =
        InputFile.isRemote(spec) && !isScheme
            ? remote(spec)
            : local(isScheme ? spec.substring(LOCAL_SCHEME.length()) : spec, isScheme);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          LocaleNames.mayHaveLost(spec)
              ? "no file matches; " + LocaleNames.refusal()
              : "no file matches");
    }
    if (files.stream()
        .allMatch(file -> file.size() == 0 && file.access() != InputFile.Access.ONCE)) {
      throw new IllegalArgumentException("empty, there is no record to read");
    }
    refuseOtherFormats(files);
    return files;
  }

  private static List<InputFile> local(String spec, boolean absolute) {
    Path path = path(spec);
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "a directory; to read the files in it, say " + path.resolve("*"));
    }
    if (Files.exists(path)) {
      return List.of(exactly(path, spec, absolute));
    }
    if (!GlobPattern.isMeantBy(spec)) {
      throw new IllegalArgumentException(
          LocaleNames.mayHaveLost(spec)
              ? "no file is there; " + LocaleNames.refusal()
              : path.isAbsolute()
                  ? "no file is there"
                  : "no file is there, seen from " + Path.of("").toAbsolutePath());
    }
    List<LocalGlob.Found> found = LocalGlob.find(spec);
    List<InputFile> files = inspect(found, absolute);
    List<InputFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(InputFile::path));
    return sorted;
  }

  private static Path path(String spec) {
    try {
      Path path = new File(spec).toPath();
      Matcher descriptor = DESCRIPTOR.matcher(spec);
      String owner = System.getProperty(DESCRIPTORS_OF);
      return owner != null && descriptor.matches() && !Files.exists(path)
          ? Path.of("/proc", owner, "fd", descriptor.group(1))
          : path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(LocaleNames.refusal(), e);
    }
  }

  /** A file that exists by this very name, even if the name looks like a glob. */
  private static InputFile exactly(Path path, String spec, boolean absolute) {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("this user may not read it");
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return inspect(path, absolute ? path.toAbsolutePath().toString() : spec, attributes);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + ErrorMessages.of(e), e);
    }
  }

  private static List<InputFile> inspect(List<LocalGlob.Found> found, boolean absolute) {
    Set<Object> linked = new HashSet<>();
    List<LocalGlob.Found> once =
        found.stream().filter(file -> !isLinked(file) || linked.add(key(file))).toList();
    try {
      return once.parallelStream()
          .map(
              file -> {
                Path path = file.path();
                try {
                  return inspect(
                      path,
                      absolute ? path.toAbsolutePath().toString() : path.toString(),
                      file.attributes());
                } catch (IOException e) {
                  throw new UncheckedIOException(path.toString(), e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof AccessDeniedException
              ? "this user may not read " + e.getMessage()
              : e.getMessage() + " cannot be read: " + ErrorMessages.of(e.getCause()),
          e);
    }
  }

  /** Whether a file has several names. */
  private static boolean isLinked(LocalGlob.Found file) {
    try {
      return (int) Files.getAttribute(file.path(), "unix:nlink") > 1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static Object key(LocalGlob.Found file) {
    Object key = file.attributes().fileKey();
    return key == null ? file.real() : key;
  }

  private static InputFile inspect(Path path, String origin, BasicFileAttributes attributes)
      throws IOException {
    String absolute = path.toAbsolutePath().toString();
    if (attributes.isOther()) {
      return new InputFile(absolute, origin + ":", 0, 0, 0, null, InputFile.Access.ONCE);
    }
    long size = attributes.size();
    ContentProbe probe = ContentProbe.of(path, size);
    ContentFormat format = size == 0 ? ContentFormat.ofEmpty(absolute) : probe.format();
    return new InputFile(
        absolute,
        origin + ":",
        size,
        InputFile.nanos(attributes),
        probe.fingerprint(),
        format,
        InputFile.Access.SEEKABLE);
  }

  private static List<InputFile> remote(String spec) {
    List<InputFile> files = new ArrayList<>();
    try {
      for (MatchResult.Metadata found :
          FileSystems.match(spec, EmptyMatchTreatment.ALLOW).metadata()) {
        if (!found.resourceId().isDirectory()) {
          files.add(remote(found));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("cannot look there: " + e.getMessage(), e);
    }
    files.sort(Comparator.comparing(InputFile::path));
    return files;
  }

  /** Only files that would be read in parts are opened here; the others are recognised later. */
  private static InputFile remote(MatchResult.Metadata found) throws IOException {
    String path = found.resourceId().toString();
    boolean isLarge = found.sizeBytes() > FileParts.Part.SMALLEST;
    InputFile unknown =
        new InputFile(
            path,
            path + ":",
            found.sizeBytes(),
            found.lastModifiedMillis(),
            0,
            null,
            found.isReadSeekEfficient() ? InputFile.Access.SEEKABLE : InputFile.Access.SEQUENTIAL);
    return found.isReadSeekEfficient() && isLarge
        ? unknown.withFormat(InputContent.storedFormat(unknown))
        : unknown;
  }

  private static void refuseOtherFormats(List<InputFile> files) {
    Map<ContentFormat, List<InputFile>> refused = new EnumMap<>(ContentFormat.class);
    Map<String, List<InputFile>> within = new TreeMap<>();
    for (InputFile file : files) {
      ContentFormat format = file.format();
      if (format != null && !format.isReadable()) {
        refused.computeIfAbsent(format, key -> new ArrayList<>()).add(file);
      }
    }
    files.stream()
        .filter(file -> file.isLocal() && file.format() != null && file.format().isCompression())
        .limit(OPENED)
        .parallel()
        .forEach(
            file -> {
              String refusal = refusalOfContent(file);
              if (refusal != null) {
                synchronized (within) {
                  within.computeIfAbsent(refusal, key -> new ArrayList<>()).add(file);
                }
              }
            });
    List<String> sentences = new ArrayList<>();
    refused.forEach((format, of) -> sentences.add(names(of) + " " + format.refusal()));
    within.forEach((refusal, of) -> sentences.add(names(of) + " " + refusal));
    if (!sentences.isEmpty()) {
      throw new IllegalArgumentException(String.join(". ", sentences));
    }
  }

  /** Damaged files fail the run, which names them. */
  private static @Nullable String refusalOfContent(InputFile file) {
    try {
      InputContent.open(file).close();
      return null;
    } catch (InputContent.RefusedFormatException e) {
      return e.refusal();
    } catch (IOException e) {
      return null;
    }
  }

  private static String names(List<InputFile> files) {
    List<String> names =
        files.stream()
            .limit(NAMED)
            .map(file -> file.origin().substring(0, file.origin().length() - 1))
            .sorted()
            .toList();
    return String.join(", ", names)
        + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more, each of which" : "");
  }
}

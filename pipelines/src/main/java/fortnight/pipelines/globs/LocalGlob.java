package fortnight.pipelines.globs;

import fortnight.common.cli.ErrorMessages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the local files that a glob matches.
 *
 * <p>Names that begin with a dot or an underscore are skipped, unless the pattern begins with that
 * character: other programs use such names for incomplete files. Links are followed; a file that is
 * reached by several paths is found once, by the first path in their order.
 */
public final class LocalGlob {
  /**
   * A file that was found.
   *
   * @param path the path that the pattern matches
   * @param real the path without links
   * @param attributes the attributes of the file, not of a link to it
   */
  public record Found(Path path, Path real, BasicFileAttributes attributes) {}

  private record Visit(Path real, int segment) {}

  private record Directory(Path path, Path real) {
    Path child(String name) {
      return path.toString().isEmpty() ? Path.of(name) : path.resolve(name);
    }
  }

  private final Map<String, Found> found = new TreeMap<>();
  private final Set<Visit> visited = new HashSet<>();
  private final Set<Path> directoriesWithUnrepresentableNames = new HashSet<>();
  private boolean hasHidden;

  private LocalGlob() {}

  /**
   * Returns the files that a glob matches, ordered by path.
   *
   * @throws IllegalArgumentException if the glob is not valid, a directory or file cannot be read,
   *     or only hidden files match
   */
  public static List<Found> find(String glob) {
    LocalGlob search = new LocalGlob();
    try {
      for (GlobPattern pattern : GlobPattern.parse(glob)) {
        Path start = Path.of(pattern.isAbsolute() ? "/" : "");
        search.visited.clear();
        search.visit(new Directory(start, start.toRealPath()), pattern, 0);
      }
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException("permission to list " + e.getFile() + " is denied", e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalArgumentException("cannot list the files: " + ErrorMessages.of(e), e);
    }
    if (!search.directoriesWithUnrepresentableNames.isEmpty()) {
      throw new IllegalArgumentException(
          FileNameEncoding.errorIn(search.directoriesWithUnrepresentableNames.iterator().next()));
    }
    if (search.found.isEmpty() && search.hasHidden) {
      throw new IllegalArgumentException(
          "only files whose names begin with . or _ match; to read them, begin that part of the"
              + " pattern with the same character");
    }
    return distinct(search.found.values());
  }

  private static List<Found> distinct(Collection<Found> all) {
    Set<Path> seen = new HashSet<>();
    return all.stream().filter(file -> seen.add(file.real())).toList();
  }

  private void visit(Directory directory, GlobPattern pattern, int index) throws IOException {
    GlobPattern.Segment segment = pattern.segments().get(index);
    boolean isLast = index == pattern.segments().size() - 1;
    if (segment.isLiteral()) {
      Path path = directory.child(segment.literal());
      if (isLast) {
        if (attributesIfPresent(path, LinkOption.NOFOLLOW_LINKS).isPresent()) {
          add(path, directory, segment.literal());
        }
      } else if (attributesIfPresent(path).filter(BasicFileAttributes::isDirectory).isPresent()) {
        visit(new Directory(path, path.toRealPath()), pattern, index + 1);
      }
    } else if (segment.isRecursive()) {
      if (visited.add(new Visit(directory.real(), index))) {
        visit(directory, pattern, index + 1);
        for (String name : names(directory, segment)) {
          Directory child = childDirectory(directory, name);
          if (child != null) {
            visit(child, pattern, index);
          }
        }
      }
    } else if (segment.crossesDirectories()) {
      visitTree(directory, segment, "", new HashSet<>());
    } else {
      for (String name : names(directory, segment)) {
        if (isLast) {
          add(directory.child(name), directory, name);
        } else {
          Directory child = childDirectory(directory, name);
          if (child != null) {
            visit(child, pattern, index + 1);
          }
        }
      }
    }
  }

  /** Matches the paths of all files below a directory, relative to the segment's directory. */
  private void visitTree(
      Directory directory, GlobPattern.Segment segment, String prefix, Set<Path> ancestors)
      throws IOException {
    if (!ancestors.add(directory.real())) {
      return; // A link to a parent directory.
    }
    for (String name : names(directory, segment)) {
      Directory child = childDirectory(directory, name);
      if (child != null) {
        visitTree(child, segment, prefix + name + "/", ancestors);
      } else if (segment.pattern().matcher(prefix + name).matches()) {
        add(directory.child(name), directory, name);
      }
    }
    ancestors.remove(directory.real());
  }

  /** Returns empty if the file does not exist; throws if that cannot be determined. */
  private static Optional<BasicFileAttributes> attributesIfPresent(Path path, LinkOption... options)
      throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, options));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if ("Not a directory".equals(e.getReason())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns the names in a directory that a segment may match, sorted. */
  private List<String> names(Directory directory, GlobPattern.Segment segment) throws IOException {
    boolean matchesAll = segment.isRecursive() || segment.crossesDirectories();
    List<String> names = new ArrayList<>();
    Path listed = directory.path().toString().isEmpty() ? Path.of(".") : directory.path();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(listed)) {
      for (Path child : children) {
        Path fileName = child.getFileName();
        String name = fileName.toString();
        boolean isRepresentable = FileNameEncoding.isRepresentable(fileName);
        Pattern pattern = isRepresentable ? segment.pattern() : segment.lenient();
        if (!matchesAll && !pattern.matcher(name).matches()) {
          continue;
        }
        if ((name.startsWith(".") || name.startsWith("_")) && !segment.matchesHidden()) {
          hasHidden = true;
        } else if (isRepresentable) {
          names.add(name);
        } else if (!segment.isRecursive() || Files.isDirectory(child)) {
          directoriesWithUnrepresentableNames.add(directory.real());
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    return names;
  }

  private static Directory childDirectory(Directory directory, String name) throws IOException {
    Path path = directory.child(name);
    BasicFileAttributes attributes = attributes(path, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return Files.isDirectory(path) ? new Directory(path, path.toRealPath()) : null;
    }
    return attributes.isDirectory() ? new Directory(path, directory.real().resolve(name)) : null;
  }

  private void add(Path path, Directory directory, String name) throws IOException {
    BasicFileAttributes attributes = attributes(path, LinkOption.NOFOLLOW_LINKS);
    Path real = directory.real().resolve(name);
    if (attributes.isSymbolicLink()) {
      attributes = attributes(path);
      real = attributes.isOther() ? real : path.toRealPath();
    }
    if (!attributes.isDirectory()) {
      found.putIfAbsent(path.toString(), new Found(path, real, attributes));
    }
  }

  private static BasicFileAttributes attributes(Path path, LinkOption... options) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          options.length == 0
              ? path + " is a link to a file that does not exist"
              : path + " was removed while the files were listed; run again",
          e);
    } catch (FileSystemException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e.getReason(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}

package fortnight.pipelines.files;

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

/**
 * Finds the local files that a glob matches.
 *
 * <p>Names that begin with a dot or an underscore are left out, unless the pattern begins with that
 * character: other programs use them for what is not finished. Links are followed; a file that is
 * reached in several ways is found once, by the first of its paths in their order.
 */
final class LocalGlob {
  /**
   * A file that was found.
   *
   * @param path as the pattern leads to it
   * @param real the path without links
   * @param attributes of the file, not of a link to it
   */
  record Found(Path path, Path real, BasicFileAttributes attributes) {}

  private record Visit(Path real, int segment) {}

  private record Directory(Path path, Path real) {
    Path child(String name) {
      return path.toString().isEmpty() ? Path.of(name) : path.resolve(name);
    }
  }

  private final Map<String, Found> found = new TreeMap<>();
  private final Set<Visit> visited = new HashSet<>();
  private final Set<Path> unreadableNames = new HashSet<>();
  private boolean hasHidden;

  private LocalGlob() {}

  /**
   * The files that a glob matches, ordered by path.
   *
   * @throws IllegalArgumentException that says why not all of them can be found
   */
  static List<Found> find(String glob) {
    LocalGlob search = new LocalGlob();
    try {
      for (GlobPattern pattern : GlobPattern.parse(glob)) {
        Path start = Path.of(pattern.isAbsolute() ? "/" : "");
        search.visited.clear();
        search.visit(new Directory(start, start.toRealPath()), pattern, 0);
      }
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException("this user may not list " + e.getFile(), e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalArgumentException("cannot be searched for: " + ErrorMessages.of(e), e);
    }
    if (!search.unreadableNames.isEmpty()) {
      throw new IllegalArgumentException(
          LocaleNames.refusal(search.unreadableNames.iterator().next()));
    }
    if (search.found.isEmpty() && search.hasHidden) {
      throw new IllegalArgumentException(
          "no file matches but those whose names begin with . or _, which are left out unless the"
              + " pattern begins with that character, too");
    }
    return onceEach(search.found.values());
  }

  private static List<Found> onceEach(Collection<Found> all) {
    Set<Path> seen = new HashSet<>();
    List<Found> once = new ArrayList<>();
    for (Found file : all) {
      if (seen.add(file.real())) {
        once.add(file);
      }
    }
    return once;
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
    } else if (segment.crosses()) {
      visitAll(directory, segment, "", new HashSet<>());
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

  /** Matches all files below, by their paths from the directory where the pattern begins. */
  private void visitAll(
      Directory directory, GlobPattern.Segment segment, String prefix, Set<Path> ancestors)
      throws IOException {
    if (!ancestors.add(directory.real())) {
      return; // A link to a directory above.
    }
    for (String name : names(directory, segment)) {
      Directory child = childDirectory(directory, name);
      if (child != null) {
        visitAll(child, segment, prefix + name + "/", ancestors);
      } else if (segment.pattern().matcher(prefix + name).matches()) {
        add(directory.child(name), directory, name);
      }
    }
    ancestors.remove(directory.real());
  }

  /** Empty if there is no such file; fails if that cannot be known. */
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

  /** The names in a directory that a segment matches, sorted; all, if it crosses directories. */
  private List<String> names(Directory directory, GlobPattern.Segment segment) throws IOException {
    boolean any = segment.isRecursive() || segment.crosses();
    List<String> names = new ArrayList<>();
    Path listed = directory.path().toString().isEmpty() ? Path.of(".") : directory.path();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(listed)) {
      for (Path child : children) {
        Path fileName = child.getFileName();
        String name = fileName.toString();
        boolean isReadable = LocaleNames.isRepresented(fileName);
        if (!any && !(isReadable ? segment.pattern() : segment.lenient()).matcher(name).matches()) {
          continue;
        }
        if ((name.startsWith(".") || name.startsWith("_")) && !segment.namesHidden()) {
          hasHidden = true;
        } else if (isReadable) {
          names.add(name);
        } else if (!segment.isRecursive() || Files.isDirectory(child)) {
          unreadableNames.add(directory.real());
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
              ? path + " is a link to a file that is not there"
              : path + " was removed while files were searched for; run again",
          e);
    } catch (FileSystemException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e.getReason(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
    }
  }
}

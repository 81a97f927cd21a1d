package fortnight.common.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Collects everything that is wrong with the flags, so that a user can correct it in one go. */
public final class FlagErrors {
  /** The largest number of a port. */
  public static final int MAX_PORT = 65_535;

  /** The number of letters from which on the beginning of a name identifies it. */
  private static final int MIN_BEGINNING = 3;

  private final List<String> errors = new ArrayList<>();

  public void add(String error) {
    errors.add(error);
  }

  /** Adds the error unless the condition holds; returns whether it does. */
  public boolean check(boolean condition, String error) {
    if (!condition) {
      add(error);
    }
    return condition;
  }

  /**
   * Converts the value of a flag; empty, and one error more, if that throws
   * IllegalArgumentException.
   *
   * @param flag with its dashes
   * @param advice what to write instead; may be empty
   */
  public <T> Optional<T> convert(
      String flag, String value, Function<String, T> converter, String advice) {
    try {
      return Optional.of(converter.apply(value));
    } catch (IllegalArgumentException e) {
      String end = advice.isEmpty() ? "" : "; " + advice;
      add("%s=%s: %s%s".formatted(flag, value, e.getMessage(), end));
      return Optional.empty();
    }
  }

  /** Converts the value of a flag, which can be a secret: an error does not contain it. */
  public <T> Optional<T> convertSecret(String flag, String value, Function<String, T> converter) {
    try {
      return Optional.of(converter.apply(value));
    } catch (IllegalArgumentException e) {
      add(flag + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Adds the error for an argument that is none of the known flags, with the nearest of those.
   *
   * @param known with their dashes
   */
  public void unknown(String argument, Collection<String> known) {
    if (!argument.startsWith("-")) {
      add(argument + ": not a flag; a flag is --NAME=VALUE");
      return;
    }
    String name = argument.split("=", 2)[0];
    add(name + ": unknown flag; did you mean " + nearest(name, known) + "?");
  }

  /** The candidate that is most similar to a name. */
  public static String nearest(String name, Collection<String> candidates) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return candidates.stream()
        .min(Comparator.comparing(candidate -> distance.apply(name, candidate)))
        .orElseThrow();
  }

  /**
   * Returns the candidates that a user may have meant by a name: those that are equally similar to
   * it, and begin with it, or it with them, or differ in at most half of its letters.
   */
  public static List<String> similar(String name, Collection<String> candidates) {
    String lower = name.toLowerCase(Locale.ROOT);
    Map<String, Integer> distances = new LinkedHashMap<>();
    for (String candidate : candidates) {
      String other = candidate.toLowerCase(Locale.ROOT);
      int distance = LevenshteinDistance.getDefaultInstance().apply(lower, other);
      boolean isPart = isBeginning(lower, other) || isBeginning(other, lower);
      if (isPart || distance <= Math.max(1, name.length() / 2)) {
        distances.put(candidate, distance);
      }
    }
    int least = distances.values().stream().min(Comparator.naturalOrder()).orElse(0);
    distances.values().removeIf(distance -> distance > least);
    return List.copyOf(distances.keySet());
  }

  private static boolean isBeginning(String beginning, String text) {
    return beginning.length() >= MIN_BEGINNING && text.startsWith(beginning);
  }

  /** Converts the value of a flag to a time zone; empty, and one error more, if it is not one. */
  public Optional<ZoneId> timeZone(String flag, String value) {
    try {
      return Optional.of(ZoneId.of(value));
    } catch (DateTimeException e) {
      add("%s=%s: unknown time zone; use Europe/Berlin or +01:00".formatted(flag, value));
      return Optional.empty();
    }
  }

  /** Checks {@code min <= value <= max}. */
  public void checkRange(String flag, long value, long min, long max) {
    check(value >= min && value <= max, "%s=%d: from %d to %d".formatted(flag, value, min, max));
  }

  /** Checks a port, where 0 means any free one. */
  public void checkPort(String flag, int port) {
    checkRange(flag, port, 0, MAX_PORT);
  }

  /** Checks that an optional directory, null if absent, can be one. */
  public void checkDirectory(String flag, Path directory) {
    check(
        directory == null || !Files.exists(directory) || Files.isDirectory(directory),
        "%s=%s: is a file; a directory is needed".formatted(flag, directory));
  }

  /** Checks that an optional file, null if absent, can be read. */
  public void checkReadable(String flag, Path file) {
    check(
        file == null || (Files.isRegularFile(file) && Files.isReadable(file)),
        "%s=%s: not a readable file".formatted(flag, file));
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<String> list() {
    return List.copyOf(errors);
  }

  /**
   * Does nothing if there are no errors.
   *
   * @throws CommandException with all of them
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw CommandException.wrongFlags(errors);
    }
  }
}

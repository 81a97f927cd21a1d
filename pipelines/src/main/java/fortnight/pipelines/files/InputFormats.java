package fortnight.pipelines.files;

import fortnight.pipelines.compression.ContentFormat;
import fortnight.pipelines.compression.Decompression.UnsupportedFormatException;
import fortnight.transforms.formats.RecordEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks that the formats of input files are supported. */
final class InputFormats {
  private static final String NOT_AVRO =
      "is not an Avro file, as --format requires with records: avro";
  private static final int MAX_NAMES_IN_ERROR = 3;

  /**
   * The maximum number of compressed files that are opened before the run to check their content.
   */
  private static final int MAX_CHECKED = 1_000;

  private InputFormats() {}

  /**
   * Checks the formats of files as far as they are known.
   *
   * @param encoding how their records are encoded; null if it is unknown
   * @throws IllegalArgumentException if one is not supported; names the files
   */
  static void check(List<InputFile> files, @Nullable RecordEncoding encoding) {
    Set<ContentFormat> contents = InputFile.contents(encoding);
    Map<ContentFormat, List<InputFile>> unsupported = new EnumMap<>(ContentFormat.class);
    Map<String, List<InputFile>> unsupportedContent = new TreeMap<>();
    for (InputFile file : files) {
      ContentFormat format = file.format();
      if (format != null && !format.isSupported() && !contents.contains(format)) {
        unsupported.computeIfAbsent(format, key -> new ArrayList<>()).add(file);
      }
      if (format == ContentFormat.PLAIN
          && file.size() > 0
          && file.contentFormat() == ContentFormat.AVRO) {
        unsupportedContent.computeIfAbsent(NOT_AVRO, key -> new ArrayList<>()).add(file);
      }
    }
    if (encoding != null) {
      addContentErrors(files, unsupportedContent);
    }
    List<String> errors = new ArrayList<>();
    unsupported.forEach((format, of) -> errors.add(names(of) + " " + error(format, encoding)));
    unsupportedContent.forEach((error, of) -> errors.add(names(of) + " " + error));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join(". ", errors));
    }
  }

  private static void addContentErrors(
      List<InputFile> files, Map<String, List<InputFile>> unsupportedContent) {
    files.stream()
        .filter(file -> file.isLocal() && file.format() != null && file.format().isCompression())
        .limit(MAX_CHECKED)
        .parallel()
        .forEach(
            file -> {
              String error = contentError(file);
              if (error != null) {
                synchronized (unsupportedContent) {
                  unsupportedContent.computeIfAbsent(error, key -> new ArrayList<>()).add(file);
                }
              }
            });
  }

  private static String error(ContentFormat format, @Nullable RecordEncoding encoding) {
    return format == ContentFormat.UTF_16 && encoding instanceof RecordEncoding.Csv
        ? "is text in UTF-16; add charset: UTF-16 to the format"
        : format.error();
  }

  /** Returns null for damaged files, too: they fail the run, with an error that names them. */
  private static @Nullable String contentError(InputFile file) {
    try {
      InputContent.open(file).close();
      return null;
    } catch (UnsupportedFormatException e) {
      return e.predicate();
    } catch (IOException e) {
      return null;
    }
  }

  private static String names(List<InputFile> files) {
    List<String> names =
        files.stream()
            .limit(MAX_NAMES_IN_ERROR)
            .map(file -> file.origin().substring(0, file.origin().length() - 1))
            .sorted()
            .toList();
    return String.join(", ", names)
        + (files.size() > MAX_NAMES_IN_ERROR
            ? " and " + (files.size() - MAX_NAMES_IN_ERROR) + " more, each of which"
            : "");
  }
}

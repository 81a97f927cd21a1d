package fortnight.pipelines.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import fortnight.common.cli.FlagErrors;
import fortnight.transforms.formats.InvalidFormatException;
import fortnight.transforms.formats.Preset;
import fortnight.transforms.formats.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the value of {@code --format}: the name of a preset, a YAML file, or keys and values
 * separated by commas, which may follow the name of a preset.
 */
public final class FormatFlag {
  private static final List<String> FILE_SUFFIXES = List.of(".yaml", ".yml");
  private static final int MAX_FILE_SIZE = 1 << 16;

  private FormatFlag() {}

  /**
   * Returns the format.
   *
   * @throws IllegalArgumentException if the value is none; {@link InvalidFormatException} with all
   *     mistakes of a format
   */
  public static RecordFormat read(String value) {
    Optional<Preset> preset = Preset.named(value);
    if (preset.isPresent()) {
      return preset.get().format();
    }
    if (isFile(value)) {
      return ofYaml(FormatYaml.parse(text(value)));
    }
    if (value.contains("=")) {
      checkBeginsWithoutFile(value);
      return RecordFormat.parse(value);
    }
    throw new IllegalArgumentException(unknown(value));
  }

  private static boolean isFile(String value) {
    return FILE_SUFFIXES.stream().anyMatch(value::endsWith);
  }

  private static void checkBeginsWithoutFile(String value) {
    String first = value.split(",", 2)[0].strip();
    if (isFile(first)) {
      throw new IllegalArgumentException(
          "a file cannot be combined with keys; add them to " + first);
    }
  }

  private static String unknown(String value) {
    if (value.contains("/") || value.contains(".")) {
      return "not a format file, whose name ends with .yaml or .yml; to write one for the records"
          + " in a file: propose --input=%s > format.yaml".formatted(value);
    }
    if (value.contains(":")) {
      return "not a format; write keys and values with =, as in id=order_id,time=ts,item=sku";
    }
    List<String> similar = FlagErrors.similar(value, Preset.titles());
    String advice =
        "%s, a YAML file, or id=order_id,time=ts,…".formatted(String.join(", ", Preset.titles()));
    if (value.isBlank()) {
      return "is empty; use " + advice;
    }
    return similar.isEmpty()
        ? "unknown format; use " + advice
        : "unknown format; did you mean %s? Use %s".formatted(String.join(" or ", similar), advice);
  }

  private static RecordFormat ofYaml(FormatYaml yaml) {
    List<String> mistakes = new ArrayList<>(yaml.mistakes());
    try {
      RecordFormat format = RecordFormat.of(yaml.entries());
      if (mistakes.isEmpty()) {
        return format;
      }
    } catch (InvalidFormatException e) {
      e.mistakes().stream()
          .filter(mistake -> yaml.mistakes().stream().noneMatch(cause -> explains(cause, mistake)))
          .forEach(mistakes::add);
    }
    throw new InvalidFormatException(mistakes);
  }

  /** Returns whether a key is missing because its value is not text. */
  private static boolean explains(String cause, String mistake) {
    return mistake.startsWith(cause.substring(0, cause.indexOf(':')) + ": missing");
  }

  private static String text(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_FILE_SIZE + 1);
      if (bytes.length > MAX_FILE_SIZE) {
        throw new IllegalArgumentException("larger than 64 KiB; a format is a few lines");
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file is not UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("not a readable file", e);
    }
  }
}

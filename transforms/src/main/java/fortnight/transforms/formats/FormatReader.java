package fortnight.transforms.formats;

import fortnight.common.cli.FlagErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the keys of a format, and collects all mistakes. */
final class FormatReader {
  /** The key whose value is the preset that a format extends. */
  static final String PRESET = "preset";

  private static final List<String> KEYS =
      List.of(
          "id",
          "time",
          "timeUnit",
          "timePattern",
          "item",
          "customer",
          "quantity",
          "quantityDecimals",
          "price",
          "amount",
          "priceDecimals",
          "priceUnit",
          "currency",
          "where",
          "records",
          "delimiter",
          "charset",
          "header",
          "decimalComma",
          "changes",
          PRESET);

  private static final String DIMENSION = "by.";
  private static final String NO_ID = "none";

  private final List<FormatEntry> entries;
  private final List<String> mistakes = new ArrayList<>();
  private final FormatPaths paths = new FormatPaths();

  /** Whether the preset is unknown, which may have the keys that are missing. */
  private boolean mayMissKeys;

  /** Reports further mistakes together with those of the entries. */
  FormatReader(List<FormatEntry> entries, List<String> furtherMistakes) {
    mistakes.addAll(furtherMistakes);
    this.entries = withPreset(entries);
  }

  /** Adds the keys of the preset, if the format extends one, that are not set again. */
  private List<FormatEntry> withPreset(List<FormatEntry> own) {
    Optional<String> name =
        own.stream()
            .filter(entry -> entry.key().equals(PRESET))
            .map(FormatEntry::value)
            .findFirst();
    if (name.isEmpty()) {
      return own;
    }
    Optional<Preset> preset = Preset.named(name.get());
    if (preset.isEmpty()) {
      mistakes.add(unknownPreset(name.get()));
      mayMissKeys = true;
      return own;
    }
    return preset.get().extendedBy(own);
  }

  private static String unknownPreset(String name) {
    List<String> similar = FlagErrors.similar(name, Preset.titles());
    return similar.isEmpty()
        ? "preset: %s: unknown; use %s".formatted(name, String.join(", ", Preset.titles()))
        : "preset: %s: unknown; did you mean %s?".formatted(name, String.join(" or ", similar));
  }

  RecordFormat format() {
    checkKeys();
    FieldPath id = id();
    FieldPath time = required("time", FormatReader::recordPath);
    TimeNotation notation = timeNotation();
    FieldValue item = required("item", FormatValues::value);
    FieldPath customer = optional("customer", FormatReader::recordPath);
    FieldValue quantity = optional("quantity", FormatValues::number);
    Integer quantityDecimals = optional("quantityDecimals", FormatValues::decimals);
    checkDecimals(quantity, quantityDecimals);
    Money money = new MoneyKeys(this, mistakes).money();
    List<DimensionField> dimensions = dimensions();
    List<Condition> conditions = conditions();
    RecordEncoding encoding = new EncodingKeys(this::textOf, paths, mistakes).encoding();
    checkChanges();
    if (!(encoding instanceof RecordEncoding.Csv)) {
      mistakes.addAll(paths.mistakes());
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidFormatException(mistakes);
    }
    return new RecordFormat(
        id,
        Objects.requireNonNull(time),
        notation,
        Objects.requireNonNull(item),
        customer,
        quantity == null ? RecordFormat.ONE : quantity,
        quantityDecimals == null ? 0 : quantityDecimals,
        money,
        dimensions,
        conditions,
        encoding);
  }

  private void checkKeys() {
    Set<String> seen = new HashSet<>();
    for (FormatEntry entry : entries) {
      String key = entry.key();
      if (key.startsWith(DIMENSION)) {
        mistakes.addAll(DimensionNames.mistakes(key, key.substring(DIMENSION.length())));
      } else if (!KEYS.contains(key)) {
        mistakes.add(unknownKey(key));
      }
      if (entry.value().isEmpty()) {
        checkHasValue(key);
      } else if (!seen.add(key) && !key.equals("where")) {
        mistakes.add(key + ": is set twice");
      }
    }
  }

  private static String unknownKey(String key) {
    if (DIMENSION.equals(key + ".")) {
      return "by: a dimension has a name; use by.store";
    }
    List<String> similar = FlagErrors.similar(key, KEYS);
    return similar.isEmpty()
        ? "%s: unknown key; use %s, or by.NAME".formatted(key, String.join(", ", KEYS))
        : "%s: unknown key; did you mean %s?".formatted(key, String.join(" or ", similar));
  }

  /** A proposed file has an empty key below the alternatives, of which the user enables one. */
  private void checkHasValue(String key) {
    String mistake = key + ": has no value";
    if (textOf(key).isEmpty() && !mistakes.contains(mistake)) {
      mistakes.add(mistake);
    }
  }

  private List<DimensionField> dimensions() {
    List<DimensionField> dimensions = new ArrayList<>();
    for (FormatEntry entry : entries) {
      if (entry.key().startsWith(DIMENSION)) {
        FieldValue value = optional(entry.key(), FormatValues::value);
        if (value != null) {
          dimensions.add(new DimensionField(entry.key().substring(DIMENSION.length()), value));
        }
      }
    }
    return dimensions;
  }

  private void checkDecimals(@Nullable FieldValue quantity, @Nullable Integer decimals) {
    if (quantity instanceof FieldValue.Constant constant) {
      String mistake =
          FormatValues.mistake(constant, decimals == null ? 0 : decimals, "quantityDecimals");
      if (mistake != null) {
        mistakes.add("quantity: " + mistake);
      }
    }
  }

  private @Nullable FieldPath id() {
    Optional<String> value = textOf("id");
    if (value.isEmpty()) {
      addMissing("id: missing; use id: none if records have no id");
      return null;
    }
    return value.get().equals(NO_ID) ? null : optional("id", FormatReader::recordPath);
  }

  private TimeNotation timeNotation() {
    TimeNotation unit = optional("timeUnit", TimeNotation::ofUnit);
    TimeNotation pattern =
        optional("timePattern", text -> TimeNotation.ofPattern(FormatValues.withoutQuotes(text)));
    if (textOf("timeUnit").isPresent() && textOf("timePattern").isPresent()) {
      mistakes.add("timeUnit and timePattern: only one can be set");
    }
    if (unit != null) {
      return unit;
    }
    return pattern == null ? TimeNotation.ISO : pattern;
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (FormatEntry entry : entries) {
      if (entry.key().equals("where")) {
        convert("where", entry.value(), Condition::parse).ifPresent(conditions::add);
      }
    }
    conditions.forEach(condition -> paths.add("where", condition.path()));
    return conditions;
  }

  private void checkChanges() {
    String changes = textOf("changes").orElse("none");
    if (!changes.equals("none")) {
      mistakes.add("changes: " + changes + " is not supported yet; use none");
    }
  }

  private static FieldPath recordPath(String text) {
    if (FormatValues.isConstant(text)) {
      throw new IllegalArgumentException("must be a path, not the constant " + text);
    }
    FieldPath path = FieldPath.parse(text);
    if (path.isInLineItem()) {
      throw new IllegalArgumentException(path + " is in a line item; use a field of the record");
    }
    return path;
  }

  private <T> @Nullable T required(String key, Function<String, T> converter) {
    if (textOf(key).isEmpty()) {
      addMissing(key + ": missing");
    }
    return optional(key, converter);
  }

  private void addMissing(String mistake) {
    if (!mayMissKeys) {
      mistakes.add(mistake);
    }
  }

  <T> @Nullable T optional(String key, Function<String, T> converter) {
    T value = textOf(key).flatMap(text -> convert(key, text, converter)).orElse(null);
    if (value instanceof FieldPath path) {
      paths.add(key, path);
    }
    return value;
  }

  private <T> Optional<T> convert(String key, String text, Function<String, T> converter) {
    try {
      return Optional.of(converter.apply(text));
    } catch (IllegalArgumentException e) {
      mistakes.add("%s: %s: %s".formatted(key, text, e.getMessage()));
      return Optional.empty();
    }
  }

  Optional<String> textOf(String key) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key) && !entry.value().isEmpty())
        .map(FormatEntry::value)
        .findFirst();
  }
}

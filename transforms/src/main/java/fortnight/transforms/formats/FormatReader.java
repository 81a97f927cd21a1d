package fortnight.transforms.formats;

import fortnight.common.cli.FlagErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
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
  private static final Pattern DIMENSION_NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String NO_ID = "none";

  /** File systems, brokers and databases limit the names that are made of it. */
  private static final int MAX_NAME_LENGTH = 40;

  /** The fields of rows that no dimension can have, and the names of other analyses. */
  private static final Set<String> RESERVED_NAMES =
      Set.of(
          "revenue",
          "window_start",
          "window_end",
          "previous_start",
          "current_start",
          "current_end",
          "item_id",
          "currency",
          "transactions",
          "line_items",
          "units",
          "first_transaction",
          "last_transaction",
          "customers",
          "previous",
          "current",
          "change",
          "ratio",
          "analysis",
          "direction",
          "pane",
          "version");

  private final List<FormatEntry> entries;
  private final List<String> mistakes = new ArrayList<>();
  private final FormatPaths paths = new FormatPaths();

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
      mistakes.add(
          "preset: %s: unknown; use %s".formatted(name.get(), String.join(", ", Preset.titles())));
      throw new InvalidFormatException(mistakes);
    }
    return preset.get().extendedBy(own);
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
        checkDimension(key);
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

  private void checkDimension(String key) {
    String name = key.substring(DIMENSION.length());
    if (!DIMENSION_NAME.matcher(name).matches()) {
      mistakes.add(
          key + ": a name of a dimension has lower-case letters, digits and _; use by.store");
    } else if (name.length() > MAX_NAME_LENGTH) {
      mistakes.add(
          "%s: a name of a dimension has at most %d characters".formatted(key, MAX_NAME_LENGTH));
    } else if (name.equals("product")) {
      mistakes.add(key + ": product is the dimension of item; use another name");
    } else if (name.equals("weekly")) {
      mistakes.add(key + ": weekly-volume is the analysis of the shop; use another name");
    }
    if (RESERVED_NAMES.contains(name)) {
      mistakes.add(key + ": rows have another field of this name; use another name");
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
      mistakes.add("id: missing; use id: none if records have no id");
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
      mistakes.add(key + ": missing");
    }
    return optional(key, converter);
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

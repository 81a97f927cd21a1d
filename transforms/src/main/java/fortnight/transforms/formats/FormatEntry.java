package fortnight.transforms.formats;

/** A key of a format and its value, with the quotes of a constant or a name. */
public record FormatEntry(String key, String value) {}

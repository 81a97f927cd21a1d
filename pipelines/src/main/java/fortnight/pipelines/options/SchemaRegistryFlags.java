package fortnight.pipelines.options;

import fortnight.common.cli.FlagErrors;
import fortnight.pipelines.registry.SchemaRegistry;
import fortnight.transforms.avro.SchemaSource;
import fortnight.transforms.formats.RecordEncoding;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Converts the flags of the schema registry. */
final class SchemaRegistryFlags {
  private static final String URL = "--schemaRegistry";
  private static final String CONFIG = "--schemaRegistryConfig";

  /** For topics whose messages all contain their schemas. */
  private static final String NONE = "none";

  private final RetailOptions options;
  private final FlagErrors errors;

  SchemaRegistryFlags(RetailOptions options, FlagErrors errors) {
    this.options = options;
    this.errors = errors;
  }

  /**
   * Returns the registry, or {@link SchemaSource#NONE} if the input needs none, the flag is {@code
   * none}, or the flags are wrong.
   *
   * @param encoding how records are encoded; null if --format is wrong
   */
  SchemaSource read(boolean isTopic, @Nullable RecordEncoding encoding) {
    String url = options.getSchemaRegistry();
    String config = options.getSchemaRegistryConfig();
    boolean isNeeded = isTopic && RecordEncoding.AVRO.equals(encoding);
    if (url == null) {
      errors.check(
          !isNeeded,
          URL
              + ": missing; the messages of a topic with records: avro contain ids of schemas; use "
              + URL
              + "=http://HOST:8081");
      errors.check(config == null, CONFIG + ": only with " + URL);
    } else {
      errors.check(
          isNeeded || (isTopic && encoding == null),
          URL + ": only for a topic with records: avro in --format; omit it");
      errors.check(
          config == null || !NONE.equals(url), CONFIG + ": not with " + URL + "=none; omit it");
    }
    String checkedUrl = url == null || NONE.equals(url) ? null : checkedUrl(url);
    String checkedConfig =
        config == null
            ? null
            : errors.convert(CONFIG, config, SchemaRegistry::checkedFile, "").orElse(null);
    return isNeeded && checkedUrl != null
        ? new SchemaRegistry(checkedUrl, checkedConfig)
        : SchemaSource.NONE;
  }

  private @Nullable String checkedUrl(String url) {
    if (SchemaRegistry.hasCredentials(url)) {
      // Without the value, which contains a secret.
      errors.add(
          URL
              + ": contains @ or ?, perhaps a secret, which other users can see; set credentials in"
              + " "
              + CONFIG);
      return null;
    }
    return errors.convert(URL, url, SchemaRegistry::parseUrl, "use http://HOST:8081").orElse(null);
  }
}

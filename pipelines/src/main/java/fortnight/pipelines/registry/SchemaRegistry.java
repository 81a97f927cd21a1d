package fortnight.pipelines.registry;

import fortnight.transforms.avro.MalformedAvroException;
import fortnight.transforms.avro.SchemaSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A schema registry. All threads of a process share its client and the schemas that were requested.
 * Only the path of the file with credentials is serialized; each machine reads the file itself.
 *
 * @param url the address to which {@code /schemas/ids/7} is appended
 * @param configFile properties with credentials; null if there are none
 */
public record SchemaRegistry(String url, @Nullable String configFile) implements SchemaSource {
  private static final long serialVersionUID = 1;

  private static final Map<SchemaRegistry, RegistryClient> CLIENTS = new ConcurrentHashMap<>();
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Returns the address in a flag, without a slash at its end.
   *
   * @throws IllegalArgumentException if it is not the address of a registry
   */
  public static String parseUrl(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
        || uri.getHost() == null) {
      throw new IllegalArgumentException("not an http or https URL");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("has characters after a ? or #");
    }
    return text.replaceFirst("/+$", "");
  }

  /** Returns whether an address can contain a user, a password or a token. */
  public static boolean hasCredentials(String url) {
    return url.contains("@") || url.contains("?");
  }

  /**
   * Checks a file of credentials; returns its path.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static String checkedFile(String path) {
    RegistryCredentials unused = RegistryCredentials.read(path);
    return path;
  }

  @Override
  public Schema schema(int id) throws MalformedAvroException {
    return client().schema(id);
  }

  @Override
  public void prefetch(int id) {
    client().prefetch(id);
  }

  @Override
  public void check() {
    client().check();
  }

  private RegistryClient client() {
    return CLIENTS.computeIfAbsent(this, RegistryClient::new);
  }

  /** The flag of the address, for messages. */
  String flag() {
    return "--schemaRegistry=" + url;
  }

  /** The flag of the file with credentials, for messages. */
  String configFlag() {
    return "--schemaRegistryConfig" + (configFile == null ? "=FILE" : "=" + configFile);
  }
}

package fortnight.common.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Reads files in the format of {@link Properties}, as Kafka's and Flink's configurations are. */
public final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * Returns the properties of a file, by name.
   *
   * @throws IOException if it cannot be read, or is not in this charset
   * @throws IllegalArgumentException if an escaped character does not have four hexadecimal digits
   */
  public static Map<String, String> read(Path file, Charset charset) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, charset)) {
      properties.load(reader);
    }
    Map<String, String> values = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return values;
  }
}

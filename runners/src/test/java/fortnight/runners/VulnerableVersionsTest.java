package fortnight.runners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No library has a version that is known to be vulnerable. The jars consist of the libraries on
 * this class path; {@code docs/security.md} has the reasons.
 */
class VulnerableVersionsTest {
  private static final Pattern JAR = Pattern.compile("([\\w.-]+?)-(\\d[\\w.-]*)\\.jar");

  /** The first version of each library that has all known fixes; a library may be absent. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("avro", "1.11.4"),
          Map.entry("classgraph", "4.8.112"),
          Map.entry("commons-beanutils", "1.11.0"),
          Map.entry("commons-collections", "3.2.2"),
          Map.entry("commons-compress", "1.26.0"),
          Map.entry("commons-io", "2.14.0"),
          Map.entry("commons-lang3", "3.18.0"),
          Map.entry("commons-text", "1.10.0"),
          Map.entry("guava", "32.0.0"),
          Map.entry("httpclient", "4.5.13"),
          Map.entry("jackson-core", "2.15.0"),
          Map.entry("jackson-databind", "2.14.0"),
          Map.entry("jose4j", "0.9.6"),
          Map.entry("kafka-clients", "3.9.1"),
          Map.entry("kafka_2.13", "3.9.1"),
          Map.entry("log4j", "3"), // All of 1.x.
          Map.entry("log4j-core", "2.25.3"),
          Map.entry("lz4-java", "1.10.1"),
          Map.entry("netty-codec-http", "4.1.125"),
          Map.entry("netty-handler", "4.1.118"),
          Map.entry("postgresql", "42.7.7"),
          Map.entry("protobuf-java", "3.25.5"),
          Map.entry("scala-library", "2.13.9"),
          Map.entry("snakeyaml", "2.0"),
          Map.entry("snappy-java", "1.1.10.4"));

  @Test
  void areNotOnTheClassPath() {
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).getFileName().toString())
            .toList();

    assertThat(jars).anyMatch(jar -> jar.startsWith("lz4-java-"));
    assertThat(vulnerable(jars)).isEmpty();
  }

  @Test
  void areFoundByTheirNumbers() {
    List<String> jars =
        List.of(
            "lz4-java-1.8.0.jar",
            "lz4-java-1.9.9.jar",
            "lz4-java-1.10.1.jar",
            "netty-handler-4.1.91.Final.jar",
            "netty-handler-4.2.0.Final.jar",
            "snappy-java-1.1.10.jar");

    assertThat(vulnerable(jars))
        .containsExactly(
            "lz4-java-1.8.0.jar",
            "lz4-java-1.9.9.jar",
            "netty-handler-4.1.91.Final.jar",
            "snappy-java-1.1.10.jar");
  }

  private static List<String> vulnerable(List<String> jars) {
    return jars.stream().filter(VulnerableVersionsTest::isVulnerable).toList();
  }

  private static boolean isVulnerable(String jar) {
    Matcher name = JAR.matcher(jar);
    return name.matches()
        && FIXED.containsKey(name.group(1))
        && isBefore(numbers(name.group(2)), numbers(FIXED.get(name.group(1))));
  }

  private static boolean isBefore(List<Integer> version, List<Integer> fixed) {
    for (int i = 0; i < fixed.size(); i++) {
      int number = i < version.size() ? version.get(i) : 0;
      if (number != fixed.get(i)) {
        return number < fixed.get(i);
      }
    }
    return false;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("[.-]", -1)) {
      if (!part.matches("\\d{1,9}")) {
        break;
      }
      numbers.add(Integer.valueOf(part));
    }
    return numbers;
  }
}

package fortnight.benchmarks.measure;

import fortnight.common.cli.CommandException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of the build, and the commands that run them.
 *
 * @param fortnight the jar of Fortnight with all its dependencies
 * @param fortnightSpark the jar of Fortnight for Spark
 * @param lib the directory with the jars of the peers
 * @param libOfSpark the directory with the jars of the peer on Spark SQL
 */
public record Jars(Path fortnight, Path fortnightSpark, Path lib, Path libOfSpark) {
  private static final String PEERS = "benchmarks-peers.jar";
  private static final String PACKAGE = "fortnight.benchmarks.peers.";

  /** The module with names that peers use. */
  private static final String COMMON = "fortnight-common-";

  /** The places of the jars of the build that this class belongs to. Some may not exist. */
  public static Jars places() {
    try {
      Path here = Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = here.getParent();
      Path runners = target.resolve(Path.of("..", "..", "runners", "target")).normalize();
      return new Jars(
          runners.resolve("fortnight.jar"),
          runners.resolve("fortnight-spark.jar"),
          target.resolve("lib"),
          target.resolveSibling(Path.of("spark", "target", "lib")));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The jars of the build that this class belongs to.
   *
   * @throws CommandException if one that all commands need does not exist
   */
  public static Jars find() {
    Jars jars = places();
    for (Path jar : List.of(jars.fortnight, jars.lib.resolve(PEERS))) {
      if (!Files.exists(jar)) {
        throw CommandException.failed(
            jar + " does not exist; build it with mvn -q -DskipTests package");
      }
    }
    return jars;
  }

  /** The command that runs Java with these arguments. */
  public static List<String> java(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(args));
    return command;
  }

  /** The flags of java that Flink and Spark need: those of the manifest of fortnight.jar. */
  private List<String> addOpens() {
    try (JarFile jar = new JarFile(fortnight.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      return Arrays.stream(attributes.getValue("Add-Opens").split(" "))
          .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that runs a peer whose libraries are the jars with these prefixes. */
  public List<String> peer(String main, String... prefixes) {
    try (Stream<Path> jars = Files.list(lib)) {
      String classPath =
          Stream.concat(Stream.of(lib.resolve(PEERS)), jars.filter(jar -> hasPrefix(jar, prefixes)))
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator));
      return java("-cp", classPath, PACKAGE + main);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that runs a peer with Flink and all libraries of peers. */
  public List<String> peerOnFlink(String main, String... args) {
    List<String> command = java();
    command.addAll(addOpens());
    command.addAll(List.of("-cp", lib.resolve("*").toString(), PACKAGE + main));
    command.addAll(Arrays.asList(args));
    return command;
  }

  /** The command that runs the peer on Spark SQL. */
  public List<String> peerOnSpark(String... args) {
    List<String> command = java();
    command.addAll(addOpens());
    command.addAll(List.of("-cp", libOfSpark.resolve("*").toString()));
    command.add("fortnight.benchmarks.spark.SparkSql");
    command.addAll(Arrays.asList(args));
    return command;
  }

  private static boolean hasPrefix(Path jar, String... prefixes) {
    String name = jar.getFileName().toString();
    return name.startsWith(COMMON) || Arrays.stream(prefixes).anyMatch(name::startsWith);
  }
}

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
 * The jars of the build.
 *
 * @param fortnight the jar of Fortnight with all its dependencies
 * @param lib the directory with the jars of the peers
 */
public record Jars(Path fortnight, Path lib) {
  private static final String PEERS = "benchmarks-peers.jar";

  /** The module with names that peers use. */
  private static final String COMMON = "common-";

  /**
   * The jars of the build that this class belongs to.
   *
   * @throws CommandException if one does not exist
   */
  public static Jars find() throws URISyntaxException {
    Path here = Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path target = here.getParent();
    Jars jars =
        new Jars(
            target.resolve(Path.of("..", "..", "runners", "target", "fortnight.jar")).normalize(),
            target.resolve("lib"));
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

  /** The flags of java that an embedded Flink needs: those of the manifest of fortnight.jar. */
  public List<String> addOpens() {
    try (JarFile jar = new JarFile(fortnight.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      return Arrays.stream(attributes.getValue("Add-Opens").split(" "))
          .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of all peers. */
  public String classPath() {
    return lib.resolve("*").toString();
  }

  /** The class path of a peer whose libraries are the jars with these prefixes. */
  public String classPath(String... prefixes) {
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(
              Stream.of(lib.resolve(PEERS)), jars.filter(jar -> hasPrefix(jar, prefixes)))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasPrefix(Path jar, String... prefixes) {
    String name = jar.getFileName().toString();
    return name.startsWith(COMMON) || Arrays.stream(prefixes).anyMatch(name::startsWith);
  }
}

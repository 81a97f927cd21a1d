package fortnight.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the programs are.
 *
 * @param fortnight the jar with everything
 * @param lib the jars of the peers
 */
record Jars(Path fortnight, Path lib) {
  private static final String PEERS = "benchmarks-peers.jar";

  /** Those of the build that this class is of. */
  static Jars find() throws CannotRun, URISyntaxException {
    Path here = Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path target = here.getParent();
    Jars jars =
        new Jars(
            target.resolve(Path.of("..", "..", "runners", "target", "fortnight.jar")).normalize(),
            target.resolve("lib"));
    for (Path jar : List.of(jars.fortnight, jars.lib.resolve(PEERS))) {
      if (!Files.exists(jar)) {
        throw new CannotRun(jar + " is not there: build it by mvn -q -DskipTests package");
      }
    }
    return jars;
  }

  /** The command that runs Java with these arguments. */
  static List<String> java(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(args));
    return command;
  }

  /** A class path of the peers and of the jars whose names begin so; without any, of all jars. */
  String classPath(String... beginnings) {
    if (beginnings.length == 0) {
      return lib.resolve("*").toString();
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(
              Stream.of(lib.resolve(PEERS)),
              jars.filter(
                  jar ->
                      Arrays.stream(beginnings).anyMatch(jar.getFileName().toString()::startsWith)))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

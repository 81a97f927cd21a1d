package fortnight.runners;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.pool.TypePool;

/**
 * Changes every class of the jar, as a later build does, so that a savepoint that contains their
 * code could not be restored. The names of steps and the formats of state do not change.
 */
final class NewerJar {
  private NewerJar() {}

  static Path of(Path jar, Path newer) throws IOException {
    Files.copy(jar, newer);
    try (FileSystem files =
            FileSystems.newFileSystem(URI.create("jar:" + newer.toUri()), Map.of());
        ClassFileLocator locator =
            new ClassFileLocator.Compound(
                ClassFileLocator.ForJarFile.of(jar.toFile()),
                ClassFileLocator.ForClassLoader.of(NewerJar.class.getClassLoader()),
                ClassFileLocator.ForClassLoader.ofPlatformLoader())) {
      TypePool types = TypePool.Default.of(locator);
      for (Path compiled : classes(files.getPath("fortnight"))) {
        String name = compiled.toString().replaceFirst("\\.class$", "").replace('/', '.');
        Files.write(
            compiled,
            new ByteBuddy()
                .redefine(types.describe(name).resolve(), locator)
                .defineMethod("ofALaterBuild", int.class, Visibility.PUBLIC, Ownership.STATIC)
                .intercept(FixedValue.value(2))
                .make()
                .getBytes());
      }
    }
    return newer;
  }

  private static List<Path> classes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("package-info.class"))
          .toList();
    }
  }
}

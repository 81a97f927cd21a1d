package fortnight.runners;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The system class loader of a cluster's processes: of all that is on the class path they see
 * Flink, what Flink needs, and the class that starts them.
 *
 * <p>So a job brings its Beam, its Kafka clients and its own classes, as to any Flink cluster.
 */
public final class FlinkOnly extends URLClassLoader {
  private static final String SERVICES = "META-INF/services/";

  /** Silences Flink, which is right for a pipeline's table and wrong for a cluster's log. */
  private static final String LOGGING = "simplelogger.properties";

  /** How the paths begin of the classes that are seen. */
  private static final List<String> SEEN =
      List.of(
          "org/apache/flink/",
          "org/rocksdb/",
          "com/esotericsoftware/",
          "com/twitter/chill/",
          "javassist/",
          "javax/annotation/",
          "one/profiler/",
          "net/jpountz/",
          "org/apache/commons/",
          "org/objenesis/",
          "org/slf4j/",
          "org/snakeyaml/",
          "org/xerial/snappy/",
          path(JobManager.class.getName()),
          path(TaskManager.class.getName()),
          path(Parent.class.getName()),
          path(Directories.class.getName()));

  static {
    registerAsParallelCapable();
  }

  /** As the JVM calls it; {@code application} is the loader that this one stands in for. */
  public FlinkOnly(ClassLoader application) {
    super(classPath(), ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isSeen(path(name))) {
      return super.findClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  public URL findResource(String name) {
    return isHidden(name) ? null : super.findResource(name);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    return isHidden(name) ? Collections.emptyEnumeration() : super.findResources(name);
  }

  /** Files are harmless, unless they make somebody look for a class or are about this process. */
  private static boolean isHidden(String resource) {
    if (resource.startsWith(SERVICES)) {
      return !isSeen(path(resource.substring(SERVICES.length())));
    }
    return resource.equals(LOGGING) || (resource.endsWith(".class") && !isSeen(resource));
  }

  private static boolean isSeen(String path) {
    return SEEN.stream().anyMatch(path::startsWith);
  }

  private static String path(String className) {
    return className.replace('.', '/');
  }

  private static URL[] classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(FlinkOnly::url)
        .toArray(URL[]::new);
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}

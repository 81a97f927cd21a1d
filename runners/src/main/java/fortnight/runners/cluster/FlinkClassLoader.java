package fortnight.runners.cluster;

import fortnight.common.process.ParentWatch;
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
 * The system class loader of a local cluster's processes. Of the class path it loads only Flink,
 * Flink's dependencies and the main class, so that a job brings its Beam, its Kafka clients and its
 * own classes, as on any Flink cluster.
 */
public final class FlinkClassLoader extends URLClassLoader {
  private static final String SERVICES = "META-INF/services/";

  /** Turns Flink's log off, which suits a pipeline but not a cluster. */
  private static final String LOGGING = "simplelogger.properties";

  /** The first characters of the paths of visible classes. */
  private static final List<String> VISIBLE =
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
          path(FlinkProcess.class.getName()) + "$",
          path(ParentWatch.class.getPackageName()) + "/");

  static {
    registerAsParallelCapable();
  }

  /** The constructor that the JVM calls; the application's class loader is not used. */
  public FlinkClassLoader(ClassLoader application) {
    super(classPath(), ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isVisible(path(name))) {
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

  /** Hides services and classes that are not visible, and this JVM's settings of the log. */
  private static boolean isHidden(String resource) {
    if (resource.startsWith(SERVICES)) {
      return !isVisible(path(resource.substring(SERVICES.length())));
    }
    return resource.equals(LOGGING) || (resource.endsWith(".class") && !isVisible(resource));
  }

  private static boolean isVisible(String path) {
    return VISIBLE.stream().anyMatch(path::startsWith);
  }

  private static String path(String className) {
    return className.replace('.', '/');
  }

  private static URL[] classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(FlinkClassLoader::url)
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

package fortnight.runners;

import fortnight.pipelines.options.RetailOptions;
import fortnight.pipelines.runner.RunnerSupport;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The JVM flags of {@code analyze}, which a jar's manifest cannot set: memory, compilers, and the
 * archive of classes.
 */
final class RunFlags {
  /**
   * A young generation that holds the bundles that DirectRunner processes at a time, so that they
   * are not promoted, and an old generation that grows up to Java's limit.
   */
  private static final List<String> MEMORY =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:-UseAdaptiveGenerationSizePolicyAtMinorCollection",
          "-Xms800m",
          "-Xmn400m",
          "-XX:SurvivorRatio=2");

  /** Flags for JVMs whose heap is limited to less than {@link #MIN_HEAP_BYTES}: it grows late. */
  private static final List<String> SMALL_MEMORY =
      List.of("-XX:+UseParallelGC", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40");

  private static final long MIN_HEAP_BYTES = 1600L << 20;

  /**
   * Ten times Java's thresholds of the optimizing compiler. In a run of seconds, the code for each
   * bundle is called thousands of times and the code for each record millions of times; only the
   * latter is worth compiling.
   */
  private static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** No optimizing compiler, and no profiles for it. */
  private static final List<String> COMPILER_OF_SHORT_RUNS = List.of("-XX:TieredStopAtLevel=1");

  /**
   * The optimizing compiler takes more time than it saves with files of up to this size: with
   * 300,000 transactions, half of the CPU time of a run.
   */
  private static final long SHORT_RUN_BYTES = 128L << 20;

  /** With few processors the compiler competes with the pipeline, and saves later. */
  private static final long SHORT_RUN_BYTES_ON_FEW_PROCESSORS = 384L << 20;

  private static final int FEW_PROCESSORS = 2;

  /** The content of a compressed file is estimated to be this many times as long. */
  private static final int COMPRESSION = 16;

  /** The first bytes of gzip, zstd and bzip2; a text that begins with one is only run as longer. */
  private static final String FIRST_OF_COMPRESSED = "\u001f(B";

  /**
   * Beam uses a method of {@code sun.misc.Unsafe} of which Java 24 and later warn. This is the
   * property of the option {@code --sun-misc-unsafe-memory-access}, which Java 17 does not have.
   */
  private static final String ALLOW_UNSAFE = "-Dsun.misc.unsafe.memory.access=allow";

  /** The first Java whose archive also contains profiles and linked classes. */
  private static final int JAVA_WITH_CACHE = 25;

  private RunFlags() {}

  /**
   * The flags for a run in another JVM with the same limit of the heap as this one, by default a
   * quarter of the memory.
   */
  static List<String> of(Path jar, String... args) {
    List<String> flags = new ArrayList<>();
    flags.addAll(Runtime.getRuntime().maxMemory() > MIN_HEAP_BYTES ? MEMORY : SMALL_MEMORY);
    flags.addAll(isShort(args) ? COMPILER_OF_SHORT_RUNS : COMPILER);
    flags.add(ALLOW_UNSAFE);
    flags.addAll(archive(jar, args));
    return flags;
  }

  /**
   * The archive of classes that the build writes beside the jar. The JVM ignores one that does not
   * match the jar or the version of Java, of which Java 25 would log errors.
   */
  static List<String> archive(Path jar, String... args) {
    Path archive = jar.resolveSibling(archiveName(runner(args)));
    if (!Files.isRegularFile(archive)) {
      return List.of();
    }
    return hasCache()
        ? List.of("-XX:AOTCache=" + archive, "-Xlog:disable", "-Xlog:all=error,aot*=off:stderr")
        : List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr");
  }

  private static String runner(String... args) {
    return Stream.of(RunnerSupport.FLINK, RunnerSupport.SPARK)
        .filter(name -> isOn(name, args))
        .findFirst()
        .orElse(RunnerSupport.DIRECT);
  }

  /** Whether a run is on a runner other than the default. */
  static boolean isOn(String runner, String... args) {
    return List.of(args).contains("--runner=" + runner);
  }

  /** The name of the archive of the classes of runs on a runner. */
  static String archiveName(String runner) {
    String name = runner.replaceFirst("Runner$", "").toLowerCase(Locale.ROOT);
    return "fortnight-" + name + (hasCache() ? ".aot" : ".jsa");
  }

  /** The flag with which a JVM writes the archive at its exit. */
  static String writeArchive(Path archive) {
    return (hasCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive;
  }

  private static boolean hasCache() {
    return Runtime.version().feature() >= JAVA_WITH_CACHE;
  }

  /** Whether the input is a file that is not large, and has no more rows than line items. */
  private static boolean isShort(String... args) {
    String input = RetailOptions.SAMPLE;
    for (String arg : args) {
      if (arg.startsWith("--every")) {
        return false;
      }
      if (arg.startsWith("--input=")) {
        input = arg.substring("--input=".length());
      }
    }
    File file = new File(input);
    boolean hasFew = Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS;
    long limit = hasFew ? SHORT_RUN_BYTES_ON_FEW_PROCESSORS : SHORT_RUN_BYTES;
    return file.isFile()
        && file.length() <= limit
        && (!isCompressed(file) || file.length() * COMPRESSION <= limit);
  }

  /** Returns true if the file cannot be read, which the run reports. */
  private static boolean isCompressed(File file) {
    try (InputStream content = new FileInputStream(file)) {
      return FIRST_OF_COMPRESSED.indexOf(content.read()) >= 0;
    } catch (IOException e) {
      return true;
    }
  }
}

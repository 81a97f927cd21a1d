package fortnight.pipelines.options;

import java.beans.Introspector;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The text of {@code --help}, generated from the annotations of {@link RetailOptions}. */
public final class Help {
  private static final String INTRODUCTION =
      """
      Fortnight: period-over-period analytics for transaction streams.

      Usage: ./fortnight [analyze] [--FLAG=VALUE ...]
             java -jar fortnight.jar [analyze] [--FLAG=VALUE ...]
             mvn -q compile exec:java -Dexec.args="[--FLAG=VALUE ...]"

      Without flags it analyzes the committed sample.

      """;

  private static final String CONCLUSION =
      """
      Runner
        --runner=DirectRunner or FlinkRunner; SparkRunner, in fortnight-spark.jar, for bounded
        runs. Beam's own flags and those of the runner work as well:
        --flinkMaster=HOST:PORT, --parallelism=8, --sparkMaster=spark://HOST:PORT, ...

      Other commands: ./fortnight help

      Exit status: 0 done; 1 the run failed, nothing was accepted while something was
      rejected, or more was rejected than --maxRejected; 2 wrong flags, or no input; 130 and
      143 stopped by Ctrl-C or SIGTERM.
      """;

  private Help() {}

  public static String text() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (Group group : Group.values()) {
      text.append(group.title()).append('\n');
      flags(group).forEach(flag -> append(text, flag));
    }
    return text.append(CONCLUSION).toString();
  }

  private static List<Method> flags(Group group) {
    return Arrays.stream(RetailOptions.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Example.class))
        .filter(method -> method.getAnnotation(Example.class).group() == group)
        .sorted(Comparator.comparing(Help::order).thenComparing(Help::name))
        .toList();
  }

  private static int order(Method flag) {
    return flag.getAnnotation(Example.class).order();
  }

  private static void append(StringBuilder text, Method flag) {
    Default.String preset = flag.getAnnotation(Default.String.class);
    text.append("  --").append(name(flag)).append('\n');
    text.append("      ").append(flag.getAnnotation(Description.class).value()).append('\n');
    if (preset != null) {
      text.append("      default: ").append(preset.value()).append('\n');
    }
    text.append("      example: ").append(flag.getAnnotation(Example.class).value()).append("\n\n");
  }

  private static String name(Method getter) {
    return Introspector.decapitalize(getter.getName().substring("get".length()));
  }

  /** The sections of {@code --help}, in order. */
  enum Group {
    INPUT("Input"),
    OUTPUT("Output"),
    TIME("Time"),
    STREAMS("Streams: topics without --until");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** The section of {@code --help} in which a flag is, and the example that is shown there. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Example {
    Group group();

    /** Flags of a group with a smaller order are first. */
    int order() default 1;

    String value();
  }
}

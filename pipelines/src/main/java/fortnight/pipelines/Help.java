package fortnight.pipelines;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The text of {@code --help}, made from the options themselves. */
final class Help {
  private static final String INTRODUCTION =
      """
      Fortnight: week-over-week analytics for transactions.

      Usage: java -jar fortnight.jar [--FLAG=VALUE ...]
             mvn -q compile exec:java -Dexec.args="[--FLAG=VALUE ...]"

      Without flags it analyses the committed sample. Beam's own flags and the
      runner's work as well: --runner=DirectRunner, --targetParallelism=8, ...

      """;

  private static final String CONCLUSION =
      """
      Exit status: 0 done; 1 the run failed, or nothing was accepted, or more was rejected
      than --maxRejected; 2 wrong flags.
      """;

  private Help() {}

  static String text() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    flags().forEach(flag -> append(text, flag));
    return text.append(CONCLUSION).toString();
  }

  private static List<Method> flags() {
    return Arrays.stream(RetailOptions.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Description.class))
        .sorted(Comparator.comparing(Help::name))
        .toList();
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
}

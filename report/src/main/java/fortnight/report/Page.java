package fortnight.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page: its parts put into one document, whose policy lets nothing run and nothing be fetched
 * but what stands in it.
 */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private Page() {}

  static void write(Writer page, PageData data) throws IOException {
    String style = Assets.style();
    String script = Assets.script();
    Map<String, String> parts =
        Map.of(
            "policy", policy(style, script), "style", style, "script", script, "data", data.json());
    String template = Assets.text("page.html");
    Matcher place = PLACE.matcher(template);
    int written = 0;
    while (place.find()) {
      page.append(template, written, place.start()).append(parts.get(place.group(1)));
      written = place.end();
    }
    page.append(template, written, template.length());
  }

  private static String policy(String style, String script) {
    return "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"
        .formatted(Assets.hash(style), Assets.hash(script));
  }
}

package fortnight.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
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

  /** The page of a run, which holds its rows and needs no network. */
  static void write(Writer page, PageData data) throws IOException {
    write(page, Assets.OF_A_RUN, "", "", "about-run.html", data.json());
  }

  /** The page of a stream, which asks the server that it came from for rows. */
  static void writeLive(Writer page) throws IOException {
    write(
        page,
        Assets.OF_A_STREAM,
        "connect-src 'self'; ",
        Assets.text("stream.html"),
        "about-stream.html",
        "null");
  }

  private static void write(
      Writer page, List<String> scripts, String policy, String stream, String about, String data)
      throws IOException {
    String style = Assets.style();
    String script = Assets.script(scripts);
    Map<String, String> parts =
        Map.of(
            "policy", policy(style, script, policy),
            "style", style,
            "script", script,
            "stream", stream,
            "about", Assets.text(about),
            "data", data);
    String template = Assets.text("page.html");
    Matcher place = PLACE.matcher(template);
    int written = 0;
    while (place.find()) {
      page.append(template, written, place.start()).append(parts.get(place.group(1)));
      written = place.end();
    }
    page.append(template, written, template.length());
  }

  private static String policy(String style, String script, String more) {
    return "default-src 'none'; %sstyle-src %s; script-src %s; base-uri 'none'; form-action 'none'"
        .formatted(more, Assets.hash(style), Assets.hash(script));
  }
}

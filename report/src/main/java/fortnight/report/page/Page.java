package fortnight.report.page;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the HTML document. Its content security policy allows only its own style and script, and
 * no connection except those of a live page to its server.
 */
public final class Page {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private Page() {}

  /** Writes the page of a run, which contains its rows and works offline. */
  public static void write(Writer page, PageData data) throws IOException {
    write(page, Assets.OF_RUN, "", "", "about-run.html", data.json());
  }

  /** Writes the page of a stream, which receives its rows from the server that served it. */
  public static void writeLive(Writer page) throws IOException {
    write(
        page,
        Assets.OF_STREAM,
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
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int written = 0;
    while (placeholder.find()) {
      page.append(template, written, placeholder.start());
      page.append(parts.get(placeholder.group(1)));
      written = placeholder.end();
    }
    page.append(template, written, template.length());
  }

  private static String policy(String style, String script, String more) {
    return "default-src 'none'; %sstyle-src %s; script-src %s; base-uri 'none'; form-action 'none'"
        .formatted(more, Assets.hash(style), Assets.hash(script));
  }
}

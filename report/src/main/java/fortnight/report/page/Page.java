package fortnight.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The HTML document, from the resources of this package. Its content security policy allows only
 * its own style and script, and no connection except those of a live page to its server.
 */
public final class Page {
  /** The version is that of the webjar in the parent's pom. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  /** A script may use the scripts before it. */
  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "periods.js",
          "dom.js",
          "amounts.js",
          "ids.js",
          "rows.js",
          "view.js",
          "panes.js",
          "model.js",
          "chart.js",
          "shop.js",
          "histogram.js",
          "item.js",
          "outliers.js",
          "rejected.js",
          "choosers.js",
          "report.js");

  private Page() {}

  /** The page of a run, which contains its rows and works offline. */
  public static String of(PageData data) throws IOException {
    return document(List.of("open.js"), "", "", "about-run.html", data.json());
  }

  /** The page of a stream, which receives its rows from the server that served it. */
  public static String live() {
    return document(
        List.of("store.js", "stream.js", "live.js"),
        "connect-src 'self'; ",
        resource("stream.html"),
        "about-stream.html",
        "null");
  }

  private static String document(
      List<String> startScripts, String policy, String stream, String about, String data) {
    String style = resource(UPLOT + "dist/uPlot.min.css") + resource("page.css");
    String script = script(startScripts);
    return resource("page.html")
        .replace(
            "{{policy}}",
            "default-src 'none'; %sstyle-src %s; script-src %s; base-uri 'none'; form-action 'none'"
                .formatted(policy, sourceOf(style), sourceOf(script)))
        .replace("{{style}}", style)
        .replace("{{stream}}", stream)
        .replace("{{about}}", resource(about))
        .replace("{{script}}", script)
        .replace("{{data}}", data); // last, because data can contain any text
  }

  /** All scripts as one, in one scope. */
  private static String script(List<String> startScripts) {
    StringBuilder script = new StringBuilder();
    script.append("/*\n").append(resource(UPLOT + "LICENSE")).append("*/\n");
    script.append(resource(UPLOT + "dist/uPlot.iife.min.js"));
    script.append("(() => {\n'use strict';\n");
    SCRIPTS.forEach(name -> script.append(resource(name)));
    startScripts.forEach(name -> script.append(resource(name)));
    return script.append("})();\n").toString();
  }

  private static String resource(String name) {
    try (InputStream bytes = Page.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new FileNotFoundException("not on the class path: " + name);
      }
      return new String(bytes.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The source expression of an inline style or script in a content security policy. */
  private static String sourceOf(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}

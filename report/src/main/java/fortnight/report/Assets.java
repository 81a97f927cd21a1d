package fortnight.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The files that a page is made of. */
final class Assets {
  /** The version is the webjar's, which the parent's pom gives. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  /** Each may use those before it. */
  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "dom.js",
          "ids.js",
          "rows.js",
          "panes.js",
          "model.js",
          "chart.js",
          "shop.js",
          "histogram.js",
          "item.js",
          "outliers.js",
          "rejected.js",
          "report.js");

  /** What begins the page of a run, whose rows stand in it. */
  static final List<String> OF_A_RUN = List.of("open.js");

  /** What begins the page of a stream, whose rows arrive. */
  static final List<String> OF_A_STREAM = List.of("store.js", "stream.js", "live.js");

  private Assets() {}

  static String style() throws IOException {
    return text(UPLOT + "dist/uPlot.min.css") + text("page.css");
  }

  /** One script, whose parts see each other and which gives the page a single name. */
  static String script(List<String> beginning) throws IOException {
    StringBuilder script = new StringBuilder();
    script.append("/*\n").append(text(UPLOT + "LICENSE")).append("*/\n");
    script.append(text(UPLOT + "dist/uPlot.iife.min.js"));
    script.append("(() => {\n'use strict';\n");
    for (String name : SCRIPTS) {
      script.append(text(name));
    }
    for (String name : beginning) {
      script.append(text(name));
    }
    return script.append("})();\n").toString();
  }

  /** A file beside this class, or, with a leading slash, anywhere on the class path. */
  static String text(String name) throws IOException {
    try (InputStream bytes = Assets.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new FileNotFoundException("not on the class path: " + name);
      }
      return new String(bytes.readAllBytes(), UTF_8);
    }
  }

  /** How a content security policy names a text that stands in the page. */
  static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

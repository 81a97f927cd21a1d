package fortnight.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The style and the scripts of a page, and the hashes that allow them. */
final class Assets {
  /** The version is that of the webjar in the parent's pom. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  /** A script may use the scripts before it. */
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

  /** The scripts that start the page of a run, which contains its rows. */
  static final List<String> OF_RUN = List.of("open.js");

  /** The scripts that start the page of a stream, which receives its rows. */
  static final List<String> OF_STREAM = List.of("store.js", "stream.js", "live.js");

  private Assets() {}

  static String style() throws IOException {
    return text(UPLOT + "dist/uPlot.min.css") + text("page.css");
  }

  /** All scripts as one, in one scope. */
  static String script(List<String> startScripts) throws IOException {
    StringBuilder script = new StringBuilder();
    script.append("/*\n").append(text(UPLOT + "LICENSE")).append("*/\n");
    script.append(text(UPLOT + "dist/uPlot.iife.min.js"));
    script.append("(() => {\n'use strict';\n");
    for (String name : SCRIPTS) {
      script.append(text(name));
    }
    for (String name : startScripts) {
      script.append(text(name));
    }
    return script.append("})();\n").toString();
  }

  /** A resource of this package, or, with a leading slash, of the class path. */
  static String text(String name) throws IOException {
    try (InputStream bytes = Assets.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new FileNotFoundException("not on the class path: " + name);
      }
      return new String(bytes.readAllBytes(), UTF_8);
    }
  }

  /** The source expression of an inline style or script in a content security policy. */
  static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}

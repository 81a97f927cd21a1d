package fortnight.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the pictures of a report that the documentation shows: {@code PAGE DIRECTORY}. */
public final class Screenshots {
  private static final int DESK = 1000;
  private static final int PHONE = 360;

  private Screenshots() {}

  public static void main(String[] args) throws IOException {
    Path page = Path.of(args[0]).toAbsolutePath();
    Path directory = Path.of(args[1]);
    Browser browser = new Browser();
    browser.start();
    try {
      take(browser, page, "light", DESK, directory.resolve("report-light.png"));
      take(browser, page, "dark", DESK, directory.resolve("report-dark.png"));
      take(browser, page, "light", PHONE, directory.resolve("report-phone.png"));
    } finally {
      browser.stop();
    }
  }

  private static void take(Browser browser, Path page, String scheme, int width, Path file)
      throws IOException {
    browser.useColors(scheme);
    browser.resize(width, width == PHONE);
    browser.show(page);
    Files.write(file, browser.picture(width));
  }
}

package fortnight.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the screenshots of the documentation: {@code PAGE DIRECTORY} of a report, {@code ADDRESS
 * DIRECTORY} of a live page, as soon as it shows a provisional row.
 */
public final class Screenshots {
  private static final int DESKTOP = 1000;
  private static final int PHONE = 360;

  private Screenshots() {}

  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[1]);
    Browser browser = new Browser();
    browser.start();
    try {
      if (args[0].startsWith("http:")) {
        takeLive(browser, args[0], directory.resolve("live-light.png"));
        return;
      }
      Path page = Path.of(args[0]).toAbsolutePath();
      take(browser, page, "light", DESKTOP, directory.resolve("report-light.png"));
      take(browser, page, "dark", DESKTOP, directory.resolve("report-dark.png"));
      take(browser, page, "light", PHONE, directory.resolve("report-phone.png"));
    } finally {
      browser.stop();
    }
  }

  private static void takeLive(Browser browser, String address, Path file) throws IOException {
    browser.useColors("light");
    browser.resize(DESKTOP, false);
    browser.show(address);
    browser.await("document.querySelectorAll('#topics tbody tr').length > 5");
    browser.await("document.querySelector('#volume p').textContent.includes('provisional')");
    browser.run("document.querySelector('#reasons details').open = true");
    Files.write(file, browser.picture(DESKTOP));
  }

  private static void take(Browser browser, Path page, String scheme, int width, Path file)
      throws IOException {
    browser.useColors(scheme);
    browser.resize(width, width == PHONE);
    browser.show(page);
    Files.write(file, browser.picture(width));
  }
}

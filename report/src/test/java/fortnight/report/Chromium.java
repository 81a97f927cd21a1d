package fortnight.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts a headless Chromium, in New Zealand, if this machine has one. */
final class Chromium {
  /** Has a word to say on every start; a logger lives as long as somebody holds it. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private Chromium() {}

  /** Skips the test where there is none. */
  static ChromeDriver start() {
    SELENIUM.setLevel(Level.SEVERE);
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    boolean isThere = chromium.isPresent() && chromedriver.isPresent();
    if (!isThere) {
      System.err.println(
          "No browser, so the page is not tested: apt-get install chromium chromium-driver");
    }
    assumeTrue(isThere, "there is no chromium and chromedriver on the PATH");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .withEnvironment(Map.of("TZ", "Pacific/Auckland"))
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    return new ChromeDriver(service, options(chromium.get()));
  }

  private static ChromeOptions options(File chromium) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.setCapability("goog:loggingPrefs", logs);
    // As root there is no sandbox, in a container little shared memory, and no host is to be asked.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1200,1000");
    return options;
  }

  private static Optional<File> onPath(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> new File(dir, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}

package fortnight.runners;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless browser that shows a live page; tests are skipped if there is no browser. */
final class LiveBrowser implements AutoCloseable {
  /** A field, because loggers without references lose their level. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private LiveBrowser(ChromeDriver driver) {
    this.driver = driver;
  }

  static LiveBrowser start() {
    SELENIUM.setLevel(Level.SEVERE);
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "chromium or chromedriver is not on the PATH");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.setCapability("goog:loggingPrefs", logs);
    // The sandbox does not work as root; containers have little shared memory; no network access.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    return new LiveBrowser(new ChromeDriver(service, options));
  }

  void open(String address) {
    driver.get(address);
  }

  /** Waits until a JavaScript expression is true; returns that time in epoch milliseconds. */
  long await(String expression) {
    String look =
        "const report = arguments[0], until = Date.now() + 15000;"
            + "(function look() { let is = false; try { is = %s } catch { is = false }"
            + " if (is) report(Date.now()); else if (Date.now() > until) report(-1);"
            + " else setTimeout(look, 10); })()";
    long when = (Long) driver.executeAsyncScript(look.formatted(expression));
    if (when < 0) {
      throw new AssertionError(expression + " is not true on the page: " + text("body"));
    }
    return when;
  }

  String text(String selector) {
    return (String)
        driver.executeScript("return document.querySelector(arguments[0]).innerText", selector);
  }

  List<String> consoleMessages() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Optional<File> onPath(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> new File(dir, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}

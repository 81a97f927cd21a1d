package fortnight.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * A headless browser for all tests of a class, which are skipped if there is none. Each test fails
 * if the console has messages, or if the page sends a request to any other server than its own.
 */
public final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChromeDriver driver;
  private String allowedUrls = "file:";

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  void start() {
    driver = Chromium.start();
  }

  /** Opens the page of a server, and waits until it has its rows. */
  public void show(String address) {
    allowedUrls = address;
    driver.get(address);
    await("document.documentElement.dataset.ready === 'true'");
  }

  /** Closes the page, so that its server can stop. */
  public void leave() {
    driver.get("about:blank");
  }

  /** Waits until a JavaScript expression is true; fails after ten seconds. */
  public void await(String expression) {
    String script =
        "const done = arguments[0], until = Date.now() + 10000;"
            + "(function check() { if (%s) done(true);"
            + " else if (Date.now() > until) done(false); else setTimeout(check, 10); })()";
    assertThat(driver.executeAsyncScript(script.formatted(expression)))
        .as(expression)
        .isEqualTo(true);
  }

  /** Opens a file, and waits until its script has completed. */
  public void show(Path page) {
    allowedUrls = "file:";
    driver.get(page.toUri().toString());
    checkConsole();
    assertThat(driver.executeScript("return document.documentElement.dataset.ready"))
        .isEqualTo("true");
  }

  /** Evaluates a JavaScript expression. */
  public JsonNode value(String expression) throws IOException {
    return JSON.readTree(
        (String) driver.executeScript("return JSON.stringify(" + expression + ")"));
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public String text(String selector) {
    return find(selector).getText();
  }

  /** The texts of all elements, including collapsed ones. */
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .map(element -> element.getDomProperty("textContent"))
        .toList();
  }

  public void click(String selector) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", find(selector));
    find(selector).click();
  }

  /** Replaces the text of a field. */
  public void type(String selector, String text) {
    find(selector).clear();
    find(selector).sendKeys(text);
  }

  /** Chooses an option of a select by its value. */
  public void choose(String selector, String value) {
    driver.executeScript(
        "const [select, value] = arguments; select.value = value;"
            + " select.dispatchEvent(new Event('change', {bubbles: true}))",
        find(selector),
        value);
  }

  void run(String script) {
    driver.executeScript(script);
  }

  public void resize(int width, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 780, "deviceScaleFactor", 1, "mobile", phone));
  }

  void useColors(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A picture of the whole page. */
  byte[] picture(int width) {
    Object height = driver.executeScript("return document.documentElement.scrollHeight");
    Map<String, Object> all = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Map<String, Object> picture =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", all));
    return Base64.getDecoder().decode((String) picture.get("data"));
  }

  /** Violations of accessibility rules, as found by axe. */
  public JsonNode accessibilityViolations() throws IOException {
    checkConsole();
    driver.executeScript("document.querySelectorAll('details').forEach(some => some.open = true)");
    try (InputStream axe =
        Browser.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), UTF_8));
    }
    JsonNode violations =
        JSON.readTree(
            (String)
                driver.executeAsyncScript(
                    "const done = arguments[0]; axe.run().then(found => done(JSON.stringify("
                        + "found.violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]))))"));
    driver.manage().logs().get(LogType.BROWSER); // Messages of axe.
    return violations;
  }

  /** The values of a chart's bars, of all styles. */
  public List<Double> bars(String chart) throws IOException {
    JsonNode data = value("fortnight.charts['" + chart + "'].data");
    List<Double> bars = new ArrayList<>();
    for (int bar = 0; bar < data.get(0).size(); bar++) {
      Double value = null;
      for (int series = 1; series < data.size(); series++) {
        JsonNode here = data.get(series).get(bar);
        value = here.isNull() ? value : Double.valueOf(here.doubleValue());
      }
      bars.add(value);
    }
    return bars;
  }

  /** The values of a column of a chart's table. */
  List<String> table(String figure, int column) throws IOException {
    click("#" + figure + " .as-table summary");
    run("document.querySelector('#" + figure + " details').dispatchEvent(new Event('toggle'))");
    List<String> values = new ArrayList<>();
    value(
            "[...document.querySelectorAll('#"
                + figure
                + " tbody tr')].map(row => row.cells["
                + column
                + "].dataset.value)")
        .forEach(value -> values.add(value.asText()));
    return values;
  }

  /** The values of a column of the outliers' table. */
  List<Double> numbers(int column) throws IOException {
    run("document.getElementById('more').click()");
    List<Double> numbers = new ArrayList<>();
    value(
            "[...document.querySelectorAll('#outlier-rows tbody tr')].map(row => Number(row.cells["
                + (column - 1)
                + "].dataset.value))")
        .forEach(value -> numbers.add(value.doubleValue()));
    return numbers;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    checkConsole();
    List<String> requested = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).get("message");
      if ("Network.requestWillBeSent".equals(message.get("method").textValue())) {
        requested.add(message.at("/params/request/url").textValue());
      }
    }
    assertThat(requested).isNotEmpty().allMatch(url -> url.startsWith(allowedUrls));
  }

  /** Discards console messages, such as those of a server that was stopped on purpose. */
  public void clearConsole() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  private void checkConsole() {
    assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  void stop() {
    if (driver != null) {
      driver.quit();
    }
  }
}

package fortnight.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
 * A headless browser for all tests of a class; they are skipped where there is none. After each
 * test it had nothing to say on its console, and asked no host for anything, but the server whose
 * page it shows.
 */
final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChromeDriver driver;
  private String allowed = "file:";

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  void start() {
    driver = Chromium.start();
  }

  /**
   * Opens the page of a server, the only one that may be asked, and waits until it has its rows.
   */
  void show(String address) {
    allowed = address;
    driver.get(address);
    await("document.documentElement.dataset.ready === 'true'");
  }

  /** Opens nothing in place of a page, whose server may then go. */
  void leave() {
    driver.get("about:blank");
  }

  /** Returns when an expression of the page's own language is true; fails after ten seconds. */
  void await(String expression) {
    String look =
        "const tell = arguments[0], until = Date.now() + 10000;"
            + "(function look() { if (%s) tell(true);"
            + " else if (Date.now() > until) tell(false); else setTimeout(look, 10); })()";
    assertThat(driver.executeAsyncScript(look.formatted(expression)))
        .as(expression)
        .isEqualTo(true);
  }

  /** Opens a page and waits until its script is through. */
  void show(Path page) {
    allowed = "file:";
    driver.get(page.toUri().toString());
    saidNothing();
    assertThat(driver.executeScript("return document.documentElement.dataset.ready"))
        .isEqualTo("true");
  }

  /** What an expression of the page's own language comes to. */
  JsonNode value(String expression) throws IOException {
    return JSON.readTree(
        (String) driver.executeScript("return JSON.stringify(" + expression + ")"));
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  String text(String selector) {
    return find(selector).getText();
  }

  /** The texts of all elements that a reader sees or can open. */
  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .map(element -> element.getDomProperty("textContent"))
        .toList();
  }

  void click(String selector) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", find(selector));
    find(selector).click();
  }

  /** Writes into a field in place of what stands there. */
  void type(String selector, String text) {
    find(selector).clear();
    find(selector).sendKeys(text);
  }

  void run(String script) {
    driver.executeScript(script);
  }

  void resize(int width, boolean phone) {
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

  /** What an accessibility checker has to say about the page. */
  JsonNode stumblingBlocks() throws IOException {
    saidNothing();
    driver.executeScript("document.querySelectorAll('details').forEach(some => some.open = true)");
    driver.executeScript(Assets.text("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js"));
    JsonNode blocks =
        JSON.readTree(
            (String)
                driver.executeAsyncScript(
                    "const tell = arguments[0]; axe.run().then(found => tell(JSON.stringify("
                        + "found.violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]))))"));
    driver.manage().logs().get(LogType.BROWSER); // The checker's own, not the page's.
    return blocks;
  }

  /** What a chart's bars stand for, whatever they look like. */
  List<Double> bars(String chart) throws IOException {
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

  /** A column of the table that stands for a chart. */
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

  /** A column of the table of outliers, of all rows. */
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
    saidNothing();
    List<String> requested = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).get("message");
      if ("Network.requestWillBeSent".equals(message.get("method").textValue())) {
        requested.add(message.at("/params/request/url").textValue());
      }
    }
    assertThat(requested).isNotEmpty().allMatch(url -> url.startsWith(allowed));
  }

  /** What it said so far counts for nothing: a server was meant to be away. */
  void forgetWhatWasSaid() {
    driver.manage().logs().get(LogType.BROWSER);
  }

  private void saidNothing() {
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

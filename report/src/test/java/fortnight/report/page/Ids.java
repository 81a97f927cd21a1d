package fortnight.report.page;

import java.util.List;

/** Ids that look alike, as JSON, and their labels on a page. */
public final class Ids {
  private static final String LONG = "W".repeat(76);

  /** In the order of ids. */
  public static final List<String> JSON =
      List.of(
          "-5",
          "10",
          "\"\"",
          "\" abc\"",
          "\"\\\"10\\\"\"",
          "\"-5\"",
          "\"10\"",
          "\"ABC\"",
          "\"" + LONG + "\"",
          "\"a  b\"",
          "\"a b\"",
          "\"abc\"",
          "\"abc \"",
          "\"abc\\u202e\"",
          "\"abc\\u2069\\u202e\"",
          "\"\u05d0\u05d1\u05d2\"");

  public static final List<String> LABELS =
      List.of(
          "-5",
          "10",
          "\"\"",
          "\" abc\"",
          "\"\\\"10\\\"\"",
          "\"-5\"",
          "\"10\"",
          "ABC",
          LONG,
          "a  b",
          "a b",
          "abc",
          "\"abc \"",
          "\"abc\\u202e\"",
          "\"abc\\u2069\\u202e\"",
          "\u05d0\u05d1\u05d2");

  /** A JavaScript expression: the title of the product for each option of the lookup field. */
  public static final String TITLES_OF_CHOICES =
      "[...document.querySelectorAll('#items option')].map(option => {"
          + " const field = document.getElementById('lookup'); field.value = option.value;"
          + " field.dispatchEvent(new Event('change'));"
          + " return document.getElementById('item-title').textContent; })";

  /** A JavaScript expression: the sentences in which the text after an id is left of its end. */
  public static final String TURNED =
      "[...document.querySelectorAll('bdi')].filter(id => {"
          + " if (id.nextSibling?.nodeType !== Node.TEXT_NODE) return false;"
          + " const next = document.createRange(); next.setStart(id.nextSibling, 0);"
          + " next.setEnd(id.nextSibling, 1); const after = next.getBoundingClientRect();"
          + " const place = [...id.getClientRects()].at(-1);"
          + " return after.top < place.bottom - 4 && after.bottom > place.top + 4"
          + " && after.left < place.right - 1; }).map(id => id.parentNode.textContent)";

  /**
   * A JavaScript expression: whether the page contains characters that change the writing
   * direction, except for pairs of isolates.
   */
  public static final String HAS_DIRECTIONS =
      "/[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(document.querySelector('main')"
          + ".outerHTML.replace(/\\u2068([^\\u2066-\\u2069]*)\\u2069/g, '$1'))";

  private Ids() {}
}

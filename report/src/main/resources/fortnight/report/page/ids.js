// Labels of ids, which are unique, and texts of the data inside of sentences, whose direction they must not change.

/** Control, format and separator characters but the space: invisible, or they change the direction of a text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const escaped = sign => [...Array(sign.length).keys()].map(i => '\\u' + sign.charCodeAt(i).toString(16).padStart(4, '0')).join('');

/** A text of the data, to be shown by itself: what controls the direction is shown as an escape. */
const withoutDirections = text => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escaped);

/**
 * The label of an id. No two ids have the same: an integer is its digits, a string is itself, and a string that could be
 * taken for something else (it looks like an integer, begins with a quote, has white space at an end or invisible
 * characters, or is empty) is in quotes, with escapes as in JSON.
 */
function idLabel(id, isInteger) {
  if (isInteger) return id;
  const plain = id !== '' && id === id.trim() && !/^(-?\d+$|")/.test(id) && id.search(INVISIBLE) < 0;
  return plain ? id : '"' + id.replace(/["\\]/g, '\\$&').replace(INVISIBLE, escaped) + '"';
}

/** A text of the data as an element whose direction does not reach beyond it. */
const isolated = text => element('bdi', {}, withoutDirections(text));

/** The same where only a text can be: isolate characters, around what is written from right to left. */
const isolatedText = text =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text) ? '\u2068' + text + '\u2069' : text;

/** What an item is called in a sentence, as elements and texts. */
const titleOf = item => (item.name === null ? ['Item ', isolated(item.id)] : [isolated(item.name)]);

/** What the field for any product offers for an item. */
const choiceOf = item => (item.name === null ? isolatedText(item.id) : `${isolatedText(item.name)} (${isolatedText(item.id)})`);

/**
 * The item that is meant by words: the one with exactly this label, else this choice, id or name, then without regard to
 * white space around it and to case, then the first that contains the words.
 */
function findItem(items, words) {
  const texts = [item => item.id, choiceOf, item => item.raw, item => item.name ?? item.id];
  const trimmed = text => text.replace(/[\u2068\u2069]/g, '').trim();
  const forms = [text => text, trimmed, text => trimmed(text).toLowerCase()];
  for (const form of forms) {
    const wanted = form(words);
    if (wanted === '') return undefined;
    for (const text of texts) {
      const found = items.find(item => form(text(item)) === wanted);
      if (found) return found;
    }
  }
  return items.find(item => item.search.includes(words.trim().toLowerCase()));
}

// Unique labels of ids, and texts of the data inside of sentences, whose writing direction they must not change.

/** Control, format and separator characters except the space: invisible, or they change the writing direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const escaped = sign => [...Array(sign.length).keys()].map(i => '\\u' + sign.charCodeAt(i).toString(16).padStart(4, '0')).join('');

/** A text of the data with escapes for characters that change the writing direction. */
const withoutDirections = text => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escaped);

/**
 * The label of an id, unique among ids: the digits of an integer, or the string. A string that looks like an integer,
 * begins with a quote, starts or ends with white space, contains invisible characters, or is empty, is in quotes, with
 * escapes as in JSON.
 */
function idLabel(id, isInteger) {
  if (isInteger) return id;
  const plain = id !== '' && id === id.trim() && !/^(-?\d+$|")/.test(id) && id.search(INVISIBLE) < 0;
  return plain ? id : '"' + id.replace(/["\\]/g, '\\$&').replace(INVISIBLE, escaped) + '"';
}

/** A text of the data as an element that isolates its writing direction. */
const isolated = text => element('bdi', {}, withoutDirections(text));

/** The same as a text: right-to-left text between isolate characters. */
const isolatedText = text =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text) ? '\u2068' + text + '\u2069' : text;

/** The title of an item in a sentence, as elements and texts. */
const titleOf = item => (item.raw === null ? [item.titleText] : item.name !== null ? [isolated(item.name)]
  : [item.noun === 'product' ? 'Item ' : capital(item.noun) + ' ', isolated(item.id)]);

/** The option for an item in the list of the lookup field. */
const choiceOf = item => (item.name === null ? isolatedText(item.id) : `${isolatedText(item.name)} (${isolatedText(item.id)})`);

/**
 * Finds the item for an input: by exact label, option, id or name; then ignoring outer white space; then ignoring case;
 * then the first item that contains the input.
 */
function findItem(items, words) {
  const texts = [item => item.id, choiceOf, item => item.raw ?? item.id, item => item.name ?? item.id];
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

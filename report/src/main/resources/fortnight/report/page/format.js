// Formats of numbers, dates and durations. Event times are local to the business: milliseconds
// that are formatted in UTC, independent of the browser's time zone.

const DAY = 86400000;

const grouped = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 20});
const shortRatio = new Intl.NumberFormat('en-GB', {maximumSignificantDigits: 3});
const shortPercent = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 1, signDisplay: 'exceptZero'});
const dayFormat = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric'});
const shortDay = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', day: 'numeric', month: 'short'});
const month = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', month: 'short'});
const clock = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', hour: '2-digit', minute: '2-digit'});

const number = value => grouped.format(value);
const ratioText = value => (value === null ? '–' : shortRatio.format(value) + '×');
const percentText = share => (share === null ? '–' : shortPercent.format(100 * share) + '\u00a0%');
const capital = word => word[0].toUpperCase() + word.slice(1);

function date(time) {
  const day = dayFormat.format(time);
  return time % DAY === 0 ? day : day + ', ' + clock.format(time);
}

/** The interval [start, end); if both are midnights, by its first and last day. */
function span(start, end) {
  const wholeDays = start % DAY === 0 && end % DAY === 0;
  const last = wholeDays ? end - DAY : end;
  return start === last ? date(start) : date(start) + ' – ' + date(last);
}

function plural(count, one, many = one + 's') {
  return number(count) + ' ' + (count === 1 ? one : many);
}

function listed(words, most) {
  return listedParts(words, most).join('');
}

/** The same as a list of texts and elements; render returns those of a word. */
function listedParts(words, most, render = word => [word]) {
  const shown = words.slice(0, most);
  const comma = shown.some(word => word.includes(',')) ? '; ' : ', ';
  const before = at => (at === 0 ? [] : at === words.length - 1 ? [' and '] : [comma]);
  const parts = shown.flatMap((word, at) => [...before(at), ...render(word, at)]);
  return words.length > most ? [...parts, ' and ' + plural(words.length - most, 'other')] : parts;
}

/** The maximum; Math.max is limited in the number of its arguments. */
function greatest(values, atLeast) {
  return values.reduce((most, value) => (value > most ? value : most), atLeast);
}

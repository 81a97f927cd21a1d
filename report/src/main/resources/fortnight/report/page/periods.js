// The names of periods, of fixed length or of the calendar, and of the periods that they are compared with.

const longMonth = new Intl.DateTimeFormat('en-GB', {timeZone: 'UTC', month: 'long', year: 'numeric'});

/** The start of the month that is so many months later. */
function addMonths(time, months) {
  const start = new Date(time);
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, 1);
}

const monthOf = time => 12 * new Date(time).getUTCFullYear() + new Date(time).getUTCMonth();

/**
 * The length of periods, and the distance of previous ones: in calendar months, or in milliseconds. A distance of 0 is
 * unknown, and taken as the length.
 */
function periodsOf({months, length, distance}) {
  return {
    months, length, distance,
    end: start => (months ? addMonths(start, length) : start + length),
    previous: start => (months ? addMonths(start, -distance) : start - distance),
    /** The number of periods from one start to another. */
    between: (first, last) => Math.round((months ? monthOf(last) - monthOf(first) : last - first) / length),
    millis: months ? length * 365.25 * DAY / 12 : length,
  };
}

function periodName({months, length}) {
  return (months ? {1: 'month', 3: 'quarter', 6: 'half-year', 12: 'year'} : {[7 * DAY]: 'week', [DAY]: 'day', [DAY / 24]: 'hour'})[length] ?? 'period';
}

/** The window of a row; months is its number of months, if it is of the calendar. */
function windowText({start, end, months}) {
  if (months === undefined) return span(start, end);
  if (months === 1) return longMonth.format(start);
  const from = new Date(start);
  if (months === 3) return `Q${from.getUTCMonth() / 3 + 1} ${from.getUTCFullYear()}`;
  if (months === 12) return String(from.getUTCFullYear());
  return `${longMonth.format(start)} – ${longMonth.format(end - 1)}`;
}

function distanceText({months, distance}) {
  if (months) return distance % 12 === 0 ? plural(distance / 12, 'year') : plural(distance, 'month');
  const [size, name] = [[DAY, 'day'], [DAY / 24, 'hour'], [60000, 'minute'], [1000, 'second']].find(([some]) => distance % some === 0) ?? [1, 'millisecond'];
  return plural(distance / size, name);
}

/** The words for the previous periods: before is one of them, compared the comparison. */
function baselineOf(periods, week) {
  const {months, length, distance} = periods;
  if (distance === length || distance === 0) {
    return {
      title: `from ${week} to ${week}`, before: `the ${week} before`, compared: `from one ${week} to the next`,
      previous: `the previous ${week}`, both: `two consecutive ${week}s`,
    };
  }
  const isSame = months && distance % 12 === 0 && length < 12;
  const before = !isSame ? `the ${week} ${distanceText(periods)} earlier`
    : distance === 12 ? `the same ${week} of the year before` : `the same ${week} ${distanceText(periods)} earlier`;
  const title = `compared with ${isSame ? before : distanceText(periods) + ' earlier'}`;
  return {title, before, compared: title, previous: before, both: `a ${week} and in ${before}`};
}

/** Ticks in the middle of the bars of calendar periods, as many as fit. */
function calendarTicks(rows) {
  const months = rows[0].months;
  const splits = u => {
    const width = u.bbox.width / devicePixelRatio || 600;
    const step = [1, 2, 3, 4, 6, 12, 24, 60, 120].find(some => rows.length / some * 44 <= width) ?? 600;
    const first = monthOf(rows[0].start);
    return rows.filter(row => (monthOf(row.start) - first) / months % step === 0).map(row => (row.start + row.end) / 2000);
  };
  const byMiddle = new Map(rows.map(row => [(row.start + row.end) / 2000, row.start]));
  const values = (u, ticks) => {
    let year = null;
    return ticks.map(tick => {
      const start = byMiddle.get(tick);
      const thisYear = new Date(start).getUTCFullYear();
      if (months % 12 === 0) return String(thisYear);
      const text = months === 3 ? `Q${new Date(start).getUTCMonth() / 3 + 1}` : month.format(start);
      const isNew = thisYear !== year;
      year = thisYear;
      return isNew ? text + '\n' + thisYear : text;
    });
  };
  return {splits, values};
}

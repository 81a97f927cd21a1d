// Parses the rows of the results from columns of text; see Columns.java.

/** A column as numbers; NaN for a window without a row. */
function column(text) {
  const cells = text.split(',');
  const values = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    values[i] = cells[i] === '' ? NaN : Number(cells[i]);
    if (Math.abs(values[i]) > Number.MAX_SAFE_INTEGER) return cells.map(some => (some === '' ? NaN : exact(some)));
  }
  return values;
}

function startsOf(table) {
  const starts = [];
  for (const [first, step, count] of table.starts) {
    for (let i = 0; i < count; i++) starts.push(first + i * step);
  }
  return starts;
}

/** A row of a volume; its values are those of the columns, and its pane. */
function volumeOf(table, start, values) {
  const row = {start, end: table.periods.end(start)};
  if (table.periods.months) row.months = table.periods.length;
  table.columns.forEach((name, at) => { row[name] = values[at]; });
  row.pane = values[table.columns.length];
  return row;
}

function changeOf(table, item, start, current, previous, pane) {
  const row = {
    item, start, previousStart: table.periods.previous(start), end: table.periods.end(start),
    previous, current, change: minus(current, previous),
    ratio: previous > 0 ? Number(current) / Number(previous) : null,
    pane,
  };
  if (table.periods.months) row.months = table.periods.length;
  return row;
}

/** The rows of a volume, sorted by window. */
function volumeRows(table, series) {
  const [, from, ...texts] = series;
  const columns = texts.map(column);
  const rows = [];
  for (let i = 0; i < columns[0].length; i++) {
    if (!Number.isNaN(columns[0][i])) rows.push(volumeOf(table, table.windows[from + i], columns.map(values => values[i])));
  }
  return rows;
}

/** The rows of a change. An omitted previous number is the current number of the window of the previous period. */
function changeRows(table, series) {
  const [key, from, currentText, previousText, paneText] = series;
  const item = Array.isArray(key) ? key[0] : key;
  const panes = paneText === undefined ? null : column(paneText);
  const current = column(currentText);
  const previous = column(previousText);
  const rows = [];
  for (let i = 0; i < current.length; i++) {
    if (Number.isNaN(current[i])) continue;
    const at = table.earlier[from + i] - from;
    const known = at >= 0 && !Number.isNaN(current[at]) ? current[at] : 0;
    rows.push(changeOf(table, item, table.windows[from + i], current[i], Number.isNaN(previous[i]) ? known : previous[i], panes?.[i]));
  }
  return rows;
}

/** For each window the index of the window of its previous period, or -1. */
function earlierWindows(windows, periods) {
  const at = new Map(windows.map((start, i) => [start, i]));
  return windows.map(start => at.get(periods.previous(start)) ?? -1);
}

/** Sets the columns and periods of a table, which are unknown without rows. */
function describe(table, {columns, decimals, periods}) {
  Object.assign(table, {columns, decimals, periods: periods ? periodsOf(periods) : null});
}

/** A table; of a stream it keeps its parsed rows, which change. */
function tableOf(title, data, isStream) {
  const table = {
    title, isChange: title.endsWith('-change'), rows: data.rows, windows: startsOf(data),
    series: new Map(data.series.map(series => [String(series[0]), series])),
    kept: isStream ? new Map() : null,
  };
  describe(table, data);
  table.earlier = table.isChange && table.periods ? earlierWindows(table.windows, table.periods) : null;
  return table;
}

const keyOf = (item, currency) => (currency === null ? String(item) : `${item},${currency}`);

/** The rows of an item, a value, or the shop. */
function seriesOf(table, key) {
  if (table.kept?.has(key)) return table.kept.get(key);
  const series = table.series.get(key);
  const rows = !series ? [] : table.isChange ? changeRows(table, series) : volumeRows(table, series);
  table.kept?.set(key, rows);
  return rows;
}

/** The rows of all items or values in a currency. */
function allSeriesOf(table, currency) {
  const keys = new Set([...table.series.keys(), ...table.kept?.keys() ?? []]);
  return [...keys].filter(key => (currency === null ? !key.includes(',') : key.endsWith(',' + currency))).flatMap(key => seriesOf(table, key));
}

/**
 * An item, or a value of a dimension; index is its position in the list of values, order its position among all of
 * them. The raw value is null for records without the dimension.
 */
function itemOf(dimension, [raw, isInteger, rawName], index) {
  const {noun} = dimension;
  const none = `(no ${noun})`;
  const label = raw === null ? none : idLabel(raw, isInteger);
  const id = label === none && raw !== null ? `"${label}"` : label;
  const name = rawName === null ? null : withoutDirections(rawName);
  return {
    index, order: index, raw, isInteger, id, name, noun, label: name ?? id,
    titleText: raw === null ? `No ${noun}` : isolatedText(name ?? `${capital(noun === 'product' ? 'item' : noun)} ${id}`),
    search: (id + ' ' + (raw ?? '') + ' ' + (name ?? '')).toLowerCase(),
  };
}

/** Appends values of dimensions, and currencies. */
function addEntries(data, {values, currencies}) {
  for (const [name, added] of Object.entries(values)) {
    if (!data.values.has(name)) data.values.set(name, []);
    const items = data.values.get(name);
    for (const value of added) items.push(itemOf(dimensionOf(name), value, items.length));
  }
  for (const currency of currencies) data.currencies.push(isolatedText(idLabel(currency, false)));
}

/** All results. */
function readData(json, isStream) {
  const data = {
    tables: new Map(Object.entries(json.results).map(([title, table]) => [title, tableOf(title, table, isStream)])),
    values: new Map(), currencies: [], rejected: json.rejected ?? null, malformed: json.malformed,
    deadLettersIn: 'file',
  };
  addEntries(data, json);
  return data;
}

// Parses the rows of the results from columns of text; see Columns.java.

/** A column as numbers; NaN for a window without a row. */
function column(text) {
  const cells = text.split(',');
  const values = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) values[i] = cells[i] === '' ? NaN : Number(cells[i]);
  return values;
}

function startsOf(table) {
  const starts = [];
  for (const [first, step, count] of table.starts) {
    for (let i = 0; i < count; i++) starts.push(first + i * step);
  }
  return starts;
}

/** The rows of a volume, sorted by window. */
function volumeRows(table, series, names) {
  if (!series) return [];
  const [, from, ...texts] = series;
  const columns = texts.map(column);
  const rows = [];
  for (let i = 0; i < columns[0].length; i++) {
    if (Number.isNaN(columns[0][i])) continue;
    const start = table.windows[from + i];
    const row = {start, end: start + table.period};
    names.forEach((name, at) => { row[name] = columns[at][i]; });
    row.pane = columns[names.length]?.[i];
    rows.push(row);
  }
  return rows;
}

const changeOf = (item, start, period, current, previous, pane) => ({
  item, start, previousStart: start - period, end: start + period,
  previous, current, change: current - previous,
  ratio: previous > 0 ? current / previous : null,
  pane,
});

/** The rows of a change. An omitted previous number is the current number of one period earlier. */
function changeRows(table, series) {
  if (!series) return [];
  const [item, from, currentText, previousText, paneText] = series;
  const panes = paneText === undefined ? null : column(paneText);
  const current = column(currentText);
  const previous = column(previousText);
  const earlier = table.earlier;
  const rows = [];
  for (let i = 0; i < current.length; i++) {
    if (Number.isNaN(current[i])) continue;
    const at = earlier[from + i] - from;
    const known = at >= 0 && !Number.isNaN(current[at]) ? current[at] : 0;
    const before = Number.isNaN(previous[i]) ? known : previous[i];
    rows.push(changeOf(item, table.windows[from + i], table.period, current[i], before, panes?.[i]));
  }
  return rows;
}

/** For each window the index of the window one period earlier, or -1. */
function earlierWindows(table) {
  const at = new Map(table.windows.map((start, i) => [start, i]));
  return table.windows.map(start => at.get(start - table.period) ?? -1);
}

const VOLUME = ['transactions', 'line_items', 'units', 'first_transaction', 'last_transaction'];
const ITEM_VOLUME = ['line_items', 'units'];
const CUSTOMERS = ['customers'];

/** An item; index is its position in the list of items, order its position among all ids. */
function itemOf([raw, isInteger, rawName], index) {
  const id = idLabel(raw, isInteger);
  const name = rawName === null ? null : withoutDirections(rawName);
  return {
    index, order: index, raw, isInteger, id, name, label: name ?? id, titleText: isolatedText(name ?? 'Item ' + id),
    search: (id + ' ' + raw + ' ' + (name ?? '')).toLowerCase(),
  };
}

/** The rows of all results; null for a result that was not computed. */
function readRows(data) {
  const tables = {};
  for (const [title, table] of Object.entries(data.results)) {
    const windows = startsOf(table);
    tables[title] = {...table, windows, bySeries: new Map(table.series.map(series => [series[0], series]))};
    tables[title].earlier = title.endsWith('change') ? earlierWindows(tables[title]) : null;
  }
  const items = data.items.map(itemOf);
  const volumes = tables['weekly-volume'];
  const changes = tables['volume-change'];
  const customers = tables['weekly-customers'];
  const customerChanges = tables['customer-change'];
  const itemVolumes = tables['product-volume'];
  const itemChanges = tables['product-volume-change'];
  return {
    items,
    volumes: volumes ? volumeRows(volumes, volumes.series[0], VOLUME) : null,
    changes: changes ? changeRows(changes, changes.series[0]) : null,
    customers: customers ? volumeRows(customers, customers.series[0], CUSTOMERS) : null,
    customerChanges: customerChanges ? changeRows(customerChanges, customerChanges.series[0]) : null,
    itemChanges: itemChanges ? itemChanges.series.flatMap(series => changeRows(itemChanges, series)) : null,
    hasItemVolumes: Boolean(itemVolumes),
    itemVolumesOf: index => (itemVolumes ? volumeRows(itemVolumes, itemVolumes.bySeries.get(index), ITEM_VOLUME) : []),
    itemChangesOf: index => (itemChanges ? changeRows(itemChanges, itemChanges.bySeries.get(index)) : []),
    period: Math.max(...Object.values(tables).map(table => table.period), 0) || 7 * DAY,
    count: Object.values(tables).reduce((sum, table) => sum + table.rows, 0),
    rejected: data.rejected ?? null,
    malformed: data.malformed,
  };
}

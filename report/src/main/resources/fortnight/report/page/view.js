// What the page shows of all results: one measure, one dimension, and one currency.

const PRODUCT = 'product';

/** A dimension and its words, of which the plural follows English rules. */
function dimensionOf(name) {
  const noun = name.replaceAll('_', ' ');
  const nouns = /[^aeiou]y$/.test(noun) ? noun.slice(0, -1) + 'ies' : /(ss|x|z|ch|sh)$/.test(noun) ? noun + 'es' : noun.endsWith('s') ? noun : noun + 's';
  return {name, noun, nouns, article: /^[aeio]/.test(noun) ? 'an' : 'a'};
}

const decimalsIn = (table, name) => table?.decimals[table.columns.indexOf(name)] ?? 0;

/** The names of dimensions that have results, products first. */
function dimensionsOf(data) {
  const names = [...data.tables.keys()].map(title => /^([a-z][a-z0-9_]*)-(volume|volume-change|revenue-change)$/.exec(title)?.[1])
    .filter(name => name !== undefined && name !== 'weekly' && name !== PRODUCT);
  return [PRODUCT, ...new Set(names)];
}

/** The measures that have rows, transactions first. */
function measuresOf(data) {
  const has = title => data.tables.get(title)?.rows > 0;
  const titles = [...data.tables.keys()].filter(has);
  const hasRevenue = titles.some(title => title.endsWith('revenue-change') || data.tables.get(title).columns.includes('revenue'));
  const hasUnits = titles.some(title => title.endsWith('-volume'));
  return [
    'transactions',
    ...has('weekly-customers') || has('customer-change') ? ['customers'] : [],
    ...hasUnits ? ['units'] : [],
    ...hasRevenue ? ['revenue'] : [],
  ];
}

/** The index of the currency of most transactions. */
function mainCurrency(data) {
  const volumes = data.tables.get('weekly-volume');
  const counts = data.currencies.map((currency, at) => (volumes ? Number(total(seriesOf(volumes, keyOf(-1, at)).map(row => row.transactions))) : 0));
  return counts.indexOf(Math.max(...counts));
}

/** The periods of all results. A single window such as February can have both lengths; then other results decide. */
function commonPeriods(data) {
  const known = [...data.tables.values()].filter(table => table.periods !== null);
  const changes = known.filter(table => table.isChange);
  const periods = (some => some.find(table => !table.periods.months) ?? some[0])(changes.length > 0 ? changes : known)?.periods;
  return periods ?? periodsOf({months: false, length: 7 * DAY, distance: 0});
}

/** The first and last transaction of each window, in all currencies; null if they were not computed. */
function windowsOf(data) {
  const volumes = data.tables.get('weekly-volume');
  if (!volumes) return null;
  const currencies = data.currencies.length === 0 ? [null] : [null, ...data.currencies.keys()];
  const windows = new Map();
  for (const row of currencies.flatMap(currency => seriesOf(volumes, keyOf(-1, currency)))) {
    const known = windows.get(row.start);
    windows.set(row.start, !known ? row : {
      ...known, first_transaction: Math.min(known.first_transaction, row.first_transaction), last_transaction: Math.max(known.last_transaction, row.last_transaction),
    });
  }
  return [...windows.values()].sort((a, b) => a.start - b.start);
}

/** The rows of the shop that show a measure, and their changes; null for those that were not computed. */
function shopOf(data, measure, currency, currencyText) {
  const rowsOf = title => (data.tables.has(title) ? seriesOf(data.tables.get(title), keyOf(-1, currency)) : null);
  const title = measure === 'customers' ? 'weekly-customers' : 'weekly-volume';
  const changeTitle = {transactions: 'volume-change', customers: 'customer-change', revenue: 'revenue-change'}[measure] ?? null;
  const table = data.tables.get(title);
  const decimals = table?.rows > 0 ? decimalsIn(table, measure) : decimalsIn(data.tables.get(changeTitle), 'current');
  return {
    title, changeTitle, measure: measureOf(measure, decimals, currencyText),
    rows: measure === 'revenue' && table?.rows > 0 && !table.columns.includes('revenue') ? null : rowsOf(title),
    changes: changeTitle === null ? null : rowsOf(changeTitle),
  };
}

/** The rows of the values of a dimension that show a measure, or another one if it was not computed. */
function breakdownOf(data, name, wanted, currency, currencyText) {
  const changeTitleOf = measure => `${name}-${measure === 'revenue' ? 'revenue' : 'volume'}-change`;
  const volumes = data.tables.get(`${name}-volume`) ?? null;
  const isPresent = measure => data.tables.has(changeTitleOf(measure)) || (measure === 'revenue' && volumes?.columns.includes('revenue'));
  const measure = [wanted, 'units', 'revenue'].find(some => (some === 'units' || some === 'revenue') && isPresent(some)) ?? 'units';
  const changes = data.tables.get(changeTitleOf(measure)) ?? null;
  const decimals = changes?.rows > 0 ? decimalsIn(changes, 'current') : decimalsIn(volumes, measure);
  return {
    dimension: dimensionOf(name), items: data.values.get(name) ?? [], changeTitle: changeTitleOf(measure), volumeTitle: `${name}-volume`,
    itemMeasure: measureOf(measure, decimals, currencyText),
    otherMeasures: ['units', 'revenue', 'line_items', 'transactions'].filter(key => key !== measure && volumes?.columns.includes(key))
      .map(key => measureOf(key, decimalsIn(volumes, key), currencyText)),
    itemChanges: changes && allSeriesOf(changes, currency),
    hasItemVolumes: volumes !== null,
    itemVolumesOf: index => (volumes ? seriesOf(volumes, keyOf(index, currency)) : []),
    itemChangesOf: index => (changes ? seriesOf(changes, keyOf(index, currency)) : []),
  };
}

/** The rows of a selection of a measure, a dimension, and the index of a currency. */
function viewOf(data, {measure, dimension, currency}) {
  const currencyText = currency === null ? null : data.currencies[currency];
  const periods = commonPeriods(data);
  const of = some => shopOf(data, some, currency, currencyText);
  const {rows: customers, changes: customerChanges} = of('customers');
  return {
    ...breakdownOf(data, dimension, measure, currency, currencyText),
    shop: of(measure), shopMeasures: ['transactions', 'line_items', 'units', 'revenue'].map(of).filter(({rows, measure: some}) => rows?.length > 0 && some.key in rows[0]),
    volumes: of('transactions').rows, customers, customerChanges, customerMeasure: of('customers').measure,
    windows: windowsOf(data), periods, baseline: baselineOf(periods, periodName(periods)),
    count: [...data.tables.values()].reduce((sum, table) => sum + table.rows, 0),
    rejected: data.rejected, malformed: data.malformed, redriven: data.redriven, redrive: data.redrive, deadLettersIn: data.deadLettersIn, noRows: data.noRows,
  };
}

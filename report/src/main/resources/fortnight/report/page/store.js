// The rows of a stream: the latest one of each key, updated in place.

/** Null before integers, and these before strings; integers by value, strings by code point. */
function compareItems(a, b) {
  if (a.raw === null || b.raw === null) return (b.raw === null) - (a.raw === null);
  if (a.isInteger !== b.isInteger) return a.isInteger ? -1 : 1;
  if (a.isInteger) {
    const [x, y] = [BigInt(a.raw), BigInt(b.raw)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const [x, y] = [[...a.raw], [...b.raw]];
  const at = x.findIndex((sign, i) => sign !== y[i]);
  return at < 0 ? x.length - y.length : (x[at]?.codePointAt(0) ?? -1) - (y[at]?.codePointAt(0) ?? -1);
}

function createStore() {
  const data = readData({results: {}, values: {}, currencies: [], malformed: []}, true);

  function order() {
    for (const items of data.values.values()) [...items].sort(compareItems).forEach((item, at) => { item.order = at; });
  }

  /** Adds or replaces a row of a series, which is sorted by window; returns whether it was added. */
  function put(series, row) {
    let at = series.length;
    while (at > 0 && series[at - 1].start > row.start) at--;
    if (at > 0 && series[at - 1].start === row.start) {
      Object.assign(series[at - 1], row);
      return false;
    }
    series.splice(at, 0, row);
    return true;
  }

  function update(title, {rows, ...description}) {
    const table = data.tables.get(title);
    describe(table, description);
    for (const [key, start, ...digits] of rows) {
      const values = digits.map(some => (typeof some === 'string' ? exact(some) : some));
      const item = Array.isArray(key) ? key[0] : key;
      const row = table.isChange ? changeOf(table, item, start, ...values) : volumeOf(table, start, values);
      if (put(seriesOf(table, String(key)), row)) table.rows++;
    }
  }

  return {
    data,
    replace(json) {
      Object.assign(data, readData(json, true), {
        redriven: json.redriven,
        noRows: 'No rows have arrived yet. The first ones arrive when the first period has closed, or earlier with --earlyEvery.',
      });
      order();
    },
    update(json) {
      addEntries(data, json);
      if (Object.values(json.values).some(added => added.length > 0)) order();
      for (const [title, table] of Object.entries(json.results)) update(title, table);
      if (json.rejected) data.rejected = json.rejected;
      if (json.malformed) data.malformed = json.malformed;
      if (json.redriven !== undefined) data.redriven = json.redriven;
    },
  };
}

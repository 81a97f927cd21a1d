// The rows of a stream: the latest one of each key, updated in place.

/** Integers before strings, by value; strings by code point. */
function compareItems(a, b) {
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
  const rows = readRows({results: {}, items: [], malformed: []});
  let itemVolumes = new Map();
  let itemChanges = new Map();

  function order() {
    [...rows.items].sort(compareItems).forEach((item, at) => { item.order = at; });
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

  function seriesOf(all, item) {
    if (!all.has(item)) all.set(item, []);
    return all.get(item);
  }

  function volumeOf(names, start, period, values) {
    const row = {start, end: start + period, pane: values[names.length]};
    names.forEach((name, at) => { row[name] = values[at]; });
    return row;
  }

  const appliers = {
    'weekly-volume': (item, start, period, values) => put(rows.volumes, volumeOf(VOLUME, start, period, values)),
    'volume-change': (item, start, period, [current, previous, pane]) => put(rows.changes, changeOf(item, start, period, current, previous, pane)),
    'weekly-customers': (item, start, period, values) => put(rows.customers, volumeOf(CUSTOMERS, start, period, values)),
    'customer-change': (item, start, period, [current, previous, pane]) => put(rows.customerChanges, changeOf(item, start, period, current, previous, pane)),
    'product-volume': (item, start, period, values) => put(seriesOf(itemVolumes, item), volumeOf(ITEM_VOLUME, start, period, values)),
    'product-volume-change': (item, start, period, [current, previous, pane]) => {
      const row = changeOf(item, start, period, current, previous, pane);
      const isNew = put(seriesOf(itemChanges, item), row);
      if (isNew) rows.itemChanges.push(row);
      return isNew;
    },
  };

  return {
    rows,
    replace(data) {
      const read = readRows(data);
      itemVolumes = new Map(read.items.map(item => [item.index, read.itemVolumesOf(item.index)]));
      itemChanges = new Map();
      for (const row of read.itemChanges ?? []) seriesOf(itemChanges, row.item).push(row);
      Object.assign(rows, read, {
        itemVolumesOf: item => itemVolumes.get(item) ?? [],
        itemChangesOf: item => itemChanges.get(item) ?? [],
        redriven: data.redriven,
        noRows: 'No rows have arrived yet. The first ones arrive when the first period has closed, or earlier with --earlyEvery.',
      });
      order();
    },
    update(data) {
      for (const item of data.items) rows.items.push(itemOf(item, rows.items.length));
      if (data.items.length > 0) order();
      for (const [title, table] of Object.entries(data.results)) {
        if (rows.count === 0) rows.period = table.period;
        for (const [item, start, ...values] of table.rows) {
          if (appliers[title](item, start, table.period, values)) rows.count++;
        }
      }
      if (data.rejected) rows.rejected = data.rejected;
      if (data.malformed) rows.malformed = data.malformed;
      if (data.redriven !== undefined) rows.redriven = data.redriven;
    },
  };
}

// One product: its units in each window.

/** The rows of a product's chart: its volumes, or, without product-volume, the current periods of its changes. */
function yearOf(rows, item) {
  return rows.hasItemVolumes
    ? rows.itemVolumesOf(item.index).map(row => ({...row, value: row.units}))
    : rows.itemChangesOf(item.index).map(row => ({...row, value: row.current}));
}

function showItem(rows, covered, limits, week, item) {
  const figure = byId('item-volume');
  const year = yearOf(rows, item);
  const changes = rows.itemChangesOf(item.index);
  const byStart = new Map(changes.map(row => [row.start, row]));
  const whole = row => isWhole(covered, row.start, row.end);
  const out = row => standsOut(byStart.get(row.start)?.ratio ?? null, limits) && isWhole(covered, row.start - rows.period, row.end);
  byId('item-title').replaceChildren(...titleOf(item));
  const total = year.reduce((sum, row) => sum + row.value, 0);
  const id = item.name === null ? [] : ['Item ', isolated(item.id), '. '];
  figure.querySelector('p').replaceChildren(...id, (rows.hasItemVolumes
    ? `${plural(total, 'unit')} in ${plural(year.length, week)}.` : 'This run did not compute product-volume; the values are those of product-volume-change.') +
    (year.some(out) ? ` Marked: outside the thresholds.` : '') + paneNote(year));
  if (year.length === 0) {
    figure.querySelector('.as-table')?.remove();
    removeChart(figure, 'item');
    return;
  }
  const describe = row => {
    const change = byStart.get(row.start);
    return `${span(row.start, row.end)}: ${plural(row.value, 'unit')}` +
      (change ? `, after ${number(change.previous)}: ${ratioText(change.ratio)}` : '') + (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  };
  drawBars(figure, 'item', {
    rows: year, value: row => row.value, whole, marked: out, range: fromZero, ticks: number, height: 240,
    describe: at => describe(year[at]),
    label: `Bar chart: units of ${item.titleText} in ${plural(year.length, week)}.`,
  });
  const heads = [capital(week), 'Units', 'Line items', 'Before', 'Change', 'Ratio'];
  putTable(figure, `Units of ${item.titleText}`, heads, () => {
    const starts = [...new Set([...year, ...changes].map(row => row.start))].sort((a, b) => a - b);
    const volumes = new Map(year.map(row => [row.start, row]));
    return starts.map(start => {
      const volume = volumes.get(start);
      const change = byStart.get(start);
      return [
        windowCell(volume ?? change),
        volume ? cell(number(volume.value), volume.value) : cell('–'),
        volume?.line_items === undefined ? cell('–') : cell(number(volume.line_items), volume.line_items),
        change ? cell(number(change.previous), change.previous) : cell('–'),
        change ? cell(signed(change.change), change.change) : cell('–'),
        change ? cell(ratioText(change.ratio), change.ratio) : cell('–'),
      ];
    });
  });
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small bar chart without axes. */
function miniature(year) {
  const most = greatest(year.map(row => row.value), 1);
  const first = year[0].start;
  const stretch = year.at(-1).end - first;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 200 48');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const row of year) {
    const bar = document.createElementNS(SVG, 'rect');
    const height = 48 * Math.max(0, row.value) / most;
    const attributes = {x: 200 * (row.start - first) / stretch, width: 160 * (row.end - row.start) / stretch, y: 48 - height, height};
    for (const [name, value] of Object.entries(attributes)) bar.setAttribute(name, value.toFixed(2));
    svg.append(bar);
  }
  return svg;
}

const MOST_YEARS = 12;

function showYears(rows, items, week, choose) {
  const list = byId('year-list');
  const found = items.map(item => [item, yearOf(rows, item)]).filter(([, year]) => year.length > 0);
  byId('years').hidden = found.length === 0;
  byId('years-note').textContent = `Units per ${week} of the ${found.length > MOST_YEARS ? MOST_YEARS + ' of ' + plural(found.length, 'product') + ' that change most' : 'products above'}; each chart has its own scale.`;
  replaceKeepingFocus(list, found.slice(0, MOST_YEARS).map(([item, year]) => {
    const most = greatest(year.map(row => row.value), -Infinity);
    const least = -greatest(year.map(row => -row.value), -Infinity);
    return element('li', {}, element('button', {type: 'button', 'data-item': item.id, onclick: () => choose(item)},
      element('span', {class: 'name'}, ...titleOf(item)), miniature(year),
      element('span', {class: 'quiet'}, `${number(least)} to ${number(most)} units`)));
  }));
}

// One product, or one value of a dimension: its measure in each window.

/** The rows of an item's chart: its volumes, or, if these were not computed, the current periods of its changes. */
function yearOf(rows, item) {
  return rows.hasItemVolumes
    ? rows.itemVolumesOf(item.index).map(row => ({...row, value: row[rows.itemMeasure.key]}))
    : rows.itemChangesOf(item.index).map(row => ({...row, value: row.current}));
}

function showItem(rows, covered, limits, week, item) {
  const figure = byId('item-volume');
  const measure = rows.itemMeasure;
  const year = yearOf(rows, item);
  const changes = rows.itemChangesOf(item.index);
  const byStart = new Map(changes.map(row => [row.start, row]));
  const whole = row => isWhole(covered, row.start, row.end);
  const out = row => standsOut(byStart.get(row.start)?.ratio ?? null, limits) && isWhole(covered, byStart.get(row.start).previousStart, row.end);
  byId('item-title').replaceChildren(...titleOf(item));
  const id = item.name === null ? [] : ['Item ', isolated(item.id), '. '];
  figure.querySelector('p').replaceChildren(...id, (rows.hasItemVolumes
    ? `${capital(measure.counted(total(year.map(row => row.value))))} in ${plural(year.length, week)}.` : `This run did not compute ${rows.volumeTitle}; the values are those of ${rows.changeTitle}.`) +
    (year.some(out) ? ` Marked: outside the thresholds.` : '') + paneNote(year));
  if (year.length === 0) {
    figure.querySelector('.as-table')?.remove();
    removeChart(figure, 'item');
    return;
  }
  const describe = row => {
    const change = byStart.get(row.start);
    return `${windowText(row)}: ${measure.counted(row.value)}` +
      (change ? `, after ${measure.text(change.previous)}: ${ratioText(change.ratio)}` : '') + (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  };
  drawBars(figure, 'item', {
    rows: year, value: row => measure.toNumber(row.value), whole, marked: out, range: fromZero, ticks: number, height: 240,
    describe: at => describe(year[at]),
    label: `Bar chart: ${measure.name} of ${item.titleText} in ${plural(year.length, week)}.`,
  });
  const others = rows.otherMeasures;
  const heads = [capital(week), measure.titleWithUnit, ...others.map(other => other.titleWithUnit), 'Before', 'Change', 'Ratio'];
  putTable(figure, `${measure.title} of ${item.titleText}`, heads, () => {
    const starts = [...new Set([...year, ...changes].map(row => row.start))].sort((a, b) => a - b);
    const volumes = new Map(year.map(row => [row.start, row]));
    return starts.map(start => {
      const volume = volumes.get(start);
      const change = byStart.get(start);
      return [
        windowCell(volume ?? change),
        volume ? measure.cell(volume.value) : cell('–'),
        ...others.map(other => (volume?.[other.key] === undefined ? cell('–') : other.cell(volume[other.key]))),
        change ? measure.cell(change.previous) : cell('–'),
        change ? measure.signedCell(change.change) : cell('–'),
        change ? cell(ratioText(change.ratio), change.ratio) : cell('–'),
      ];
    });
  });
}

const SVG = 'http://www.w3.org/2000/svg';

/** A small bar chart without axes. */
function miniature(year) {
  const most = greatest(year.map(row => Number(row.value)), 1);
  const first = year[0].start;
  const stretch = year.at(-1).end - first;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 200 48');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  for (const row of year) {
    const bar = document.createElementNS(SVG, 'rect');
    const height = 48 * Math.max(0, Number(row.value)) / most;
    const attributes = {x: 200 * (row.start - first) / stretch, width: 160 * (row.end - row.start) / stretch, y: 48 - height, height};
    for (const [name, value] of Object.entries(attributes)) bar.setAttribute(name, value.toFixed(2));
    svg.append(bar);
  }
  return svg;
}

const MOST_YEARS = 12;

/** The products that change most; of another dimension all values, the largest first. */
function showYears(rows, furthestItems, week, choose) {
  const {dimension, itemMeasure: measure} = rows;
  const isProduct = dimension.name === PRODUCT;
  const list = byId('year-list');
  const found = (isProduct ? furthestItems : rows.items).map(item => [item, yearOf(rows, item)]).filter(([, year]) => year.length > 0);
  if (!isProduct) {
    const sums = new Map(found.map(([item, year]) => [item, Number(total(year.map(row => row.value)))]));
    found.sort(([a], [b]) => sums.get(b) - sums.get(a) || a.order - b.order);
  }
  const which = isProduct ? 'that change most' : `with the most ${measure.name}`;
  byId('years').hidden = found.length === 0;
  byId('years-title').textContent = `${measure.titleWithUnit} over time`;
  byId('years-note').textContent = `${measure.title} per ${week} of the ` +
    `${found.length > MOST_YEARS ? `${MOST_YEARS} of ${number(found.length)} ${dimension.nouns} ${which}` : isProduct ? 'products above' : dimension.nouns}; each chart has its own scale.`;
  replaceKeepingFocus(list, found.slice(0, MOST_YEARS).map(([item, year]) => {
    const most = greatest(year.map(row => row.value), -Infinity);
    const least = year.reduce((some, row) => (row.value < some ? row.value : some), Infinity);
    return element('li', {}, element('button', {type: 'button', 'data-item': item.id, onclick: () => choose(item)},
      element('span', {class: 'name'}, ...titleOf(item)), miniature(year),
      element('span', {class: 'quiet'}, measure.pair(least, ' to ', most))));
  }));
}

// The table of products, or values of a dimension, that jump or collapse.

const COLUMNS = [
  {name: 'Product', key: (row, items) => items[row.item].order, first: 1},
  {name: 'Ratio', key: row => row.ratio, first: -1, number: true},
  {name: 'Week', key: row => row.start, first: 1},
  {name: 'Before', key: row => row.previous, first: -1, number: true},
  {name: 'Now', key: row => row.current, first: -1, number: true},
  {name: 'Change', key: row => row.change, first: -1, number: true},
];

const FIRST_ROWS = 200;

function outlierTable(rows, choose) {
  const sort = {column: 1, direction: -1};
  let measure = null;
  const table = byId('outlier-rows');
  const more = byId('more');
  let shown = [];
  let chosen = null;
  let all = false;

  const heads = COLUMNS.map((column, at) => element('th', {scope: 'col', class: column.number ? 'number' : null},
    element('button', {type: 'button', onclick: () => sortBy(at)}, column.name)));
  table.tHead.append(element('tr', {}, ...heads));

  function sortBy(at) {
    sort.direction = sort.column === at ? -sort.direction : COLUMNS[at].first;
    sort.column = at;
    fill();
  }

  /** A phone shows the start only. */
  function period(row) {
    const [start, end] = windowText(row).split(' – ');
    return element('td', {'data-value': row.start}, start, end ? element('span', {class: 'until'}, ' – ' + end) : '');
  }

  function tableRow(row) {
    const item = rows.items[row.item];
    const name = element('button', {type: 'button', class: 'item'}, isolated(item.label));
    const names = element('th', {scope: 'row'}, name);
    if (item.name !== null) names.append(element('span', {class: 'id'}, isolated(item.id)));
    if (isEarly(row)) names.append(' ', element('span', {class: 'pane early'}, 'provisional'));
    if (isLate(row)) names.append(' ', element('span', {class: 'pane late'}, 'corrected'));
    const line = element('tr', {'data-item': item.id, 'data-start': row.start, class: row.ratio < 1 ? 'fall' : 'rise', onclick: () => choose(item, true)},
      names, cell((row.ratio < 1 ? '▼ ' : '▲ ') + ratioText(row.ratio), row.ratio), period(row),
      measure.cell(row.previous), measure.cell(row.current), measure.signedCell(row.change));
    if (item === chosen) line.setAttribute('aria-current', 'true');
    return line;
  }

  function fill() {
    const {key} = COLUMNS[sort.column];
    const compared = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    shown.sort((a, b) => sort.direction * compared(key(a, rows.items), key(b, rows.items)) || rows.items[a.item].order - rows.items[b.item].order || a.start - b.start);
    heads.forEach((head, at) => {
      if (at === sort.column) head.setAttribute('aria-sort', sort.direction > 0 ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
    replaceKeepingFocus(table.tBodies[0], shown.slice(0, all ? shown.length : FIRST_ROWS).map(tableRow));
    more.hidden = all || shown.length <= FIRST_ROWS;
    more.textContent = `Show all ${number(shown.length)}`;
  }

  more.addEventListener('click', () => {
    all = true;
    fill();
  });

  return {
    /** Shows other rows, or, with sameChoice, newer values of the same rows, in which case all of them stay shown. */
    show(found, week, sameChoice) {
      heads[0].firstChild.textContent = capital(rows.dimension.noun);
      heads[2].firstChild.textContent = capital(week);
      measure = rows.itemMeasure;
      shown = [...found];
      all &&= sameChoice;
      fill();
    },
    mark(item) {
      chosen = item;
      for (const line of table.tBodies[0].rows) {
        if (line.dataset.item === item.id) line.setAttribute('aria-current', 'true');
        else line.removeAttribute('aria-current');
      }
    },
  };
}

/** The items among outliers, those that change most first. */
function furthest(rows, found) {
  const distance = new Map();
  for (const row of found) {
    const moved = row.ratio > 0 ? Math.abs(Math.log(row.ratio)) : Infinity;
    distance.set(row.item, Math.max(distance.get(row.item) ?? 0, moved));
  }
  return [...distance.keys()].sort((a, b) => (distance.get(a) === distance.get(b) ? a - b : distance.get(b) - distance.get(a)))
    .map(index => rows.items[index]);
}

function answerJumps(rows, found, limits) {
  const answer = byId('jumps');
  const why = byId('jumps-why');
  const {noun, nouns} = rows.dimension;
  const {before, both, compared} = rows.baseline;
  byId('jumps-title').textContent = `Which ${nouns} jump or collapse?`;
  if (!rows.itemChanges) {
    answer.textContent = 'Not computed';
    why.textContent = `This run did not compute ${rows.changeTitle}.`;
    return;
  }
  if (rows.itemChanges.every(row => row.ratio === null)) {
    answer.textContent = 'Not enough data';
    why.textContent = `No ${noun} was sold in ${both}.`;
    return;
  }
  const items = furthest(rows, found);
  const jumps = found.filter(row => row.ratio > limits.above).length;
  answer.textContent = items.length === 0 ? 'None' : `${number(items.length)} of ${plural(rows.items.length, noun, nouns)}`;
  if (items.length === 0) {
    why.textContent = rows.itemMeasure.key === 'units' && rows.dimension.name === PRODUCT
      ? `No product sold more than ${shortRatio.format(limits.above)} times or less than ${shortRatio.format(limits.below)} times what it sold ${before}.`
      : `No ${noun} had more than ${shortRatio.format(limits.above)} times or less than ${shortRatio.format(limits.below)} times the ${rows.itemMeasure.name} of ${before}.`;
    return;
  }
  why.replaceChildren(...listedParts(items.map(item => item.label), 5, (label, at) => titleOf(items[at])),
    `: ${plural(jumps, 'jump')} above ${ratioText(limits.above)} ` +
      `and ${plural(found.length - jumps, 'collapse')} below ${ratioText(limits.below)}, ${compared}.`);
}

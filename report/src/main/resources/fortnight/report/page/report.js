// The page: fills all sections, and updates them when controls or rows change.

function showSums(rows, covered, week) {
  const first = covered?.first ?? rows.shop.changes?.[0]?.start ?? rows.itemChanges?.[0]?.start;
  const last = covered?.last ?? rows.shop.changes?.at(-1)?.end;
  if (first !== undefined && last !== undefined) {
    byId('span').textContent = span(first - first % DAY, last - last % DAY + (covered ? DAY : 0));
    document.title = `Fortnight: ${byId('span').textContent}`;
  }
  const sums = rows.shopMeasures.filter(({measure}) => measure.key !== 'line_items')
    .map(({measure, rows: volumes}) => [measure.titleWithUnit.replace(measure.title, measure.name), measure.text(total(volumes.map(row => row[measure.key])))]);
  if (rows.volumes) sums.push([week + 's', number(rows.volumes.length)]);
  if (rows.items.length > 0) sums.push([rows.dimension.nouns, number(rows.items.length)]);
  if (rows.rejected) sums.push(['rejected', number(rows.rejected.reduce((sum, reason) => sum + reason.count, 0))]);
  byId('sums').replaceChildren(...sums.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

/** The sections of products, or of the values of another dimension. */
const BREAKDOWN = ['jumps-answer', 'ratios', 'outliers', 'item', 'years'];

/**
 * Shows data and adds listeners; returns a function that shows changed data. The rows that are shown become the
 * properties of rows.
 */
function showReport(data, rows) {
  let covered = null;
  let week = 'week';
  let shownItems = null;
  let shownCount = 0;
  const limits = () => ({above: Number(byId('above').value) || 7, below: Math.max(0, Number(byId('below').value))});
  let selected = null;

  const choose = (item, scroll) => {
    selected = item;
    table.mark(item);
    byId('item').hidden = false;
    showItem(rows, covered, limits(), week, item);
    if (scroll) {
      byId('item-title').focus({preventScroll: true});
      byId('item').scrollIntoView({block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
    }
  };
  const table = outlierTable(rows, choose);

  /** The same product after the rows were replaced, perhaps in another order. */
  const sameItem = item => rows.items.find(some => item !== null && some.raw === item.raw && some.isInteger === item.isInteger) ?? null;

  const update = sameChoice => {
    const wholeOnly = byId('whole').checked;
    const chosen = (rows.itemChanges ?? []).filter(row => !wholeOnly || (isWhole(covered, row.previousStart, row.end) && !isEarly(row)));
    const found = chosen.filter(row => standsOut(row.ratio, limits()));
    const words = byId('filter').value.trim().toLowerCase();
    const filtered = words === '' ? found : found.filter(row => rows.items[row.item].search.includes(words));
    table.show(filtered, week, sameChoice);
    const withoutRatio = chosen.filter(row => row.ratio === null && row.current > 0).length;
    byId('outliers-count').replaceChildren(...!rows.itemChanges ? [`This run did not compute ${rows.changeTitle}.`]
      : [`${plural(filtered.length, 'comparison')} of ${number(chosen.length)}`, ...(words === '' ? [] : [' that match “', isolated(words), '”']), '.' +
        (withoutRatio > 0 ? ` ${number(withoutRatio)} more have no ratio, because ${rows.baseline.previous} had no ${rows.itemMeasure.name}.` : '')]);
    showHistogram(rows, chosen, limits());
    answerJumps(rows, found, limits());
    const items = furthest(rows, found);
    showYears(rows, items, week, item => choose(item, true));
    selected = sameItem(selected);
    if (selected !== null) choose(selected, false);
    else if (items.length > 0) choose(items[0], false);
  };

  /** Sets the words for the chosen dimension. */
  const nameDimension = ({noun, nouns}) => {
    byId('outliers-title').textContent = `${capital(nouns)} that jump or collapse`;
    byId('lookup-label').textContent = `Any ${noun}`;
    if (selected === null) byId('item-title').textContent = `A ${noun}’s year`;
  };

  const showBreakdown = sameChoice => {
    nameDimension(rows.dimension);
    byId('item').hidden = rows.items.length === 0;
    if (rows.items !== shownItems || rows.items.length !== shownCount) {
      [shownItems, shownCount] = [rows.items, rows.items.length];
      byId('items').replaceChildren(...rows.items.slice(0, 5000).map(item => element('option', {value: choiceOf(item)})));
    }
    update(sameChoice);
    if (selected === null && rows.items.length > 0) choose(rows.items[0], false);
  };

  const showAll = (sameChoice = true) => {
    const selection = updateSelection();
    Object.assign(rows, viewOf(data, selection));
    covered = coverage(rows.windows, rows.periods);
    week = periodName(rows.periods);
    byId('no-rows').hidden = rows.count > 0;
    byId('no-rows').textContent = rows.noRows ?? 'This run has no rows: no transaction was accepted, or all of them are outside of the requested time range.';
    byId('whole-label').textContent = covered === null ? `Full ${week}s are unknown without weekly-volume` : `Only full ${week}s`;
    byId('whole').disabled = covered === null;
    showMalformed(rows);
    showSums(rows, covered, week);
    answerSteady(rows, covered, week);
    showVolume(rows, covered, week);
    showChange(rows, covered, week);
    showCustomers(rows, covered, week);
    showRejected(rows);
    for (const id of BREAKDOWN) byId(id).hidden = !selection.breakdown;
    if (selection.breakdown) showBreakdown(sameChoice);
  };

  const updateSelection = createSelection(data, changed => {
    if (changed === 'dimension') {
      selected = null;
      byId('filter').value = '';
      byId('lookup').value = '';
    }
    showAll(false);
  });

  byId('lookup').addEventListener('change', event => {
    const found = findItem(rows.items, event.target.value);
    if (found) choose(found, false);
  });
  document.querySelector('.controls').addEventListener('submit', event => event.preventDefault());
  for (const id of ['above', 'below', 'filter', 'whole']) byId(id).addEventListener('input', () => update(false));
  showAll();
  return showAll;
}

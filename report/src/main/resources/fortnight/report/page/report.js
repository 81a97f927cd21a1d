// The page: fills all sections, and updates them when controls or rows change.

function showSums(rows, covered, week) {
  const first = covered?.first ?? rows.changes?.[0]?.start ?? rows.itemChanges?.[0]?.start;
  const last = covered?.last ?? rows.changes?.at(-1)?.end;
  if (first !== undefined && last !== undefined) {
    byId('span').textContent = span(first - first % DAY, last - last % DAY + (covered ? DAY : 0));
    document.title = `Fortnight: ${byId('span').textContent}`;
  }
  const total = name => number(rows.volumes.reduce((sum, row) => sum + row[name], 0));
  const sums = rows.volumes
    ? [['transactions', total('transactions')], ['units', total('units')], [week + 's', number(rows.volumes.length)]] : [];
  if (rows.items.length > 0) sums.push(['products', number(rows.items.length)]);
  if (rows.rejected) sums.push(['rejected', number(rows.rejected.reduce((sum, reason) => sum + reason.count, 0))]);
  byId('sums').replaceChildren(...sums.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
}

/** Shows rows and adds listeners; returns a function that shows changed rows. */
function showReport(rows) {
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
    byId('outliers-count').replaceChildren(...!rows.itemChanges ? ['This run did not compute product-volume-change.']
      : [`${plural(filtered.length, 'comparison')} of ${number(chosen.length)}`, ...(words === '' ? [] : [' that match “', isolated(words), '”']), '.' +
        (withoutRatio > 0 ? ` ${number(withoutRatio)} more have no ratio, because the previous ${week} had no units.` : '')]);
    showHistogram(rows, chosen, limits(), week);
    answerJumps(rows, found, limits(), week);
    const items = furthest(rows, found);
    showYears(rows, items, week, item => choose(item, true));
    selected = sameItem(selected);
    if (selected !== null) choose(selected, false);
    else if (items.length > 0) choose(items[0], false);
  };

  const showAll = () => {
    covered = coverage(rows.volumes, rows.period);
    week = periodName(rows.period);
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
    byId('item').hidden = rows.items.length === 0;
    if (rows.items !== shownItems || rows.items.length !== shownCount) {
      [shownItems, shownCount] = [rows.items, rows.items.length];
      byId('items').replaceChildren(...rows.items.slice(0, 5000).map(item => element('option', {value: choiceOf(item)})));
    }
    update(true);
    if (selected === null && rows.items.length > 0) choose(rows.items[0], false);
  };

  byId('lookup').addEventListener('change', event => {
    const found = findItem(rows.items, event.target.value);
    if (found) choose(found, false);
  });
  document.querySelector('.controls').addEventListener('submit', event => event.preventDefault());
  for (const id of ['above', 'below', 'filter', 'whole']) byId(id).addEventListener('input', () => update(false));
  showAll();
  return showAll;
}

// The whole shop: volume, change, and whether volume is steady.

function showVolume(rows, covered, week) {
  const figure = byId('volume');
  const title = `Transactions per ${week}`;
  if (!rows.volumes) return emptyFigure(figure, title, 'This run did not compute weekly-volume.');
  if (rows.volumes.length === 0) return emptyFigure(figure, title, 'No rows.');
  const whole = row => isWhole(covered, row.start, row.end);
  const partial = rows.volumes.filter(row => !whole(row) && !isEarly(row));
  const note = row => `${span(row.start, row.end)}: the data covers ${percentText(covered.share(row.start, row.end)).replace('+', '')} of it`;
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = partial.length === 0
    ? `All ${week}s${rows.volumes.some(isEarly) ? ' that have closed' : ''} are full.`
    : `Striped: not a full ${week}. ${partial.map(note).join('; ')}.`;
  figure.querySelector('p').textContent += paneNote(rows.volumes);
  const describe = row => `${span(row.start, row.end)}: ${number(row.transactions)} transactions, ${number(row.line_items)} line items, ${number(row.units)} units` +
    (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  drawBars(figure, 'volume', {
    rows: rows.volumes, value: row => row.transactions, whole, range: fromZero, ticks: number,
    describe: at => describe(rows.volumes[at]),
    label: `Bar chart: ${title.toLowerCase()}, ${plural(rows.volumes.length, week)}.`,
  });
  putTable(figure, title, [capital(week), 'Transactions', 'Line items', 'Units', 'First transaction', 'Last transaction'],
    () => rows.volumes.map(row => [
      windowCell(row), cell(number(row.transactions), row.transactions), cell(number(row.line_items), row.line_items),
      cell(number(row.units), row.units), cell(date(row.first_transaction)), cell(date(row.last_transaction))]));
}

function showChange(rows, covered, week) {
  const figure = byId('change');
  const title = `Change from ${week} to ${week}`;
  if (!rows.changes) return emptyFigure(figure, title, 'This run did not compute volume-change.');
  if (rows.changes.length === 0) return emptyFigure(figure, title, 'No rows.');
  drawChanges(figure, 'change', title, rows.changes, 'transactions', covered, week);
}

/** Draws the changes of a number of the shop, in percent; what is the name of the number. */
function drawChanges(figure, key, title, changes, what, covered, week) {
  const whole = row => isWhole(covered, row.previousStart, row.end);
  const share = row => (row.ratio === null ? null : row.ratio - 1);
  const shares = changes.filter(row => share(row) !== null && whole(row) && !isEarly(row)).map(share);
  const most = greatest((shares.length > 0 ? shares : changes.map(share)).map(Math.abs), 0.05) * 1.15;
  const beyond = changes.some(row => Math.abs(share(row)) > most);
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = capital(what) + ', compared with those of the ' + week + ' before.' +
    (changes.every(row => whole(row) || isEarly(row)) ? '' : ` Striped: one of the two ${week}s is not full.`) +
    (beyond ? ' Striped bars may extend beyond the chart.' : '') + paneNote(changes);
  const describe = row => `${span(row.start, row.end)}: ${number(row.current)} after ${number(row.previous)} ${what}, ${signed(row.change)}` +
    (row.ratio === null ? ', no ratio' : `, ${percentText(share(row))}`) + (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  drawBars(figure, key, {
    rows: changes, value: share, whole, marked: row => share(row) < 0, range: () => [-most, most], ticks: percentText, height: 220,
    describe: at => describe(changes[at]),
    label: `Bar chart: change of ${what} in percent, ${plural(changes.length, 'comparison')}.`,
  });
  putTable(figure, title, [capital(week), 'Before', 'Now', 'Change', 'Ratio'],
    () => changes.map(row => [
      windowCell(row), cell(number(row.previous), row.previous), cell(number(row.current), row.current),
      cell(signed(row.change), row.change), cell(ratioText(row.ratio), row.ratio)]));
}

/** The distinct customers and their change; hidden if the run did not compute them. */
function showCustomers(rows, covered, week) {
  const figure = byId('customers');
  const title = `Customers per ${week}`;
  figure.hidden = !rows.customers || rows.customers.length === 0;
  if (!figure.hidden) {
    const whole = row => isWhole(covered, row.start, row.end);
    figure.querySelector('h2').textContent = title;
    figure.querySelector('p').textContent = `Distinct customers with a transaction in the ${week}; guests are not counted.` +
      (rows.customers.every(row => whole(row) || isEarly(row)) ? '' : ` Striped: not a full ${week}.`) + paneNote(rows.customers);
    drawBars(figure, 'customers', {
      rows: rows.customers, value: row => row.customers, whole, range: fromZero, ticks: number, height: 220,
      describe: at => `${span(rows.customers[at].start, rows.customers[at].end)}: ${plural(rows.customers[at].customers, 'customer')}` + paneSuffix(rows.customers[at]),
      label: `Bar chart: ${title.toLowerCase()}, ${plural(rows.customers.length, week)}.`,
    });
    putTable(figure, title, [capital(week), 'Customers'],
      () => rows.customers.map(row => [windowCell(row), cell(number(row.customers), row.customers)]));
  }
  const changes = byId('customer-change');
  changes.hidden = !rows.customerChanges || rows.customerChanges.length === 0;
  if (!changes.hidden) drawChanges(changes, 'customer-change', `Change of customers from ${week} to ${week}`, rows.customerChanges, 'customers', covered, week);
}

const capital = word => word[0].toUpperCase() + word.slice(1);

function answerSteady(rows, covered, week) {
  const answer = byId('steady');
  const why = byId('steady-why');
  if (!rows.volumes) {
    answer.textContent = 'Not computed';
    why.textContent = 'This run did not compute weekly-volume.';
    return;
  }
  const found = steadiness(rows.volumes, covered, rows.period);
  if (found === null) {
    answer.textContent = 'Not enough data';
    why.textContent = `At least two full ${week}s are needed.`;
    return;
  }
  if (found.silent > 0) {
    answer.textContent = `No, there were ${week}s without sales`;
    why.textContent = `Nothing was sold in ${plural(found.silent, week)}; ${plural(found.whole.length, 'full ' + week)} with sales had ` +
      `${number(found.least.transactions)} to ${number(found.most.transactions)} transactions.`;
    return;
  }
  answer.textContent = {yes: 'Yes, it is steady', nearly: 'Not quite', no: 'No, it varies'}[found.verdict];
  why.textContent = `${plural(found.whole.length, 'full ' + week)} had ${number(found.least.transactions)} to ${number(found.most.transactions)} transactions, ` +
    `within ${shortRatio.format(100 * found.deviation)}\u00a0% of their mean, ${number(Math.round(found.mean))}. ` +
    (found.verdict === 'yes' ? `No full ${week} deviates by more than 10\u00a0%.`
      : `The busiest was ${span(found.most.start, found.most.end)}, the quietest ${span(found.least.start, found.least.end)}.`);
}

// The whole shop: a measure in each period, its change, and whether it is steady.

function showVolume(rows, covered, week) {
  const figure = byId('volume');
  const {measure, rows: volumes, title: analysis} = rows.shop;
  const title = `${measure.titleWithUnit} per ${week}`;
  if (!volumes) return emptyFigure(figure, title, `This run did not compute ${analysis}.`);
  if (volumes.length === 0) return emptyFigure(figure, title, 'No rows.');
  const whole = row => isWhole(covered, row.start, row.end);
  const partial = volumes.filter(row => !whole(row) && !isEarly(row));
  const note = row => `${windowText(row)}: the data covers ${percentText(covered.share(row.start, row.end)).replace('+', '')} of it`;
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = partial.length === 0
    ? `All ${week}s${volumes.some(isEarly) ? ' that have closed' : ''} are full.`
    : `Striped: not a full ${week}. ${partial.map(note).join('; ')}.`;
  figure.querySelector('p').textContent += paneNote(volumes);
  const measures = measure.key === 'customers' ? [measure] : rows.shopMeasures.map(shop => shop.measure);
  const describe = row => `${windowText(row)}: ${measures.map(some => some.counted(row[some.key])).join(', ')}` +
    (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  drawBars(figure, 'volume', {
    rows: volumes, value: row => measure.toNumber(row[measure.key]), whole, range: fromZero, ticks: number,
    describe: at => describe(volumes[at]),
    label: `Bar chart: ${title}, ${plural(volumes.length, week)}.`,
  });
  const times = measure.key === 'customers' ? [] : ['first_transaction', 'last_transaction'];
  putTable(figure, title, [capital(week), ...measures.map(some => some.titleWithUnit), ...times.map(name => capital(name.replace('_', ' ')))],
    () => volumes.map(row => [windowCell(row), ...measures.map(some => some.cell(row[some.key])), ...times.map(name => cell(date(row[name])))]));
}

/** The change of the measure; hidden for a measure of which there is no analysis of changes. */
function showChange(rows, covered, week) {
  const figure = byId('change');
  const {measure, changes, changeTitle} = rows.shop;
  const title = `Change${measure.key === 'transactions' ? '' : ' of ' + measure.name} ${rows.baseline.title}`;
  figure.hidden = changeTitle === null;
  if (figure.hidden) return;
  if (!changes) return emptyFigure(figure, title, `This run did not compute ${changeTitle}.`);
  if (changes.length === 0) return emptyFigure(figure, title, 'No rows.');
  drawChanges(figure, 'change', title, changes, measure, covered, week, rows.baseline);
}

/** Draws the changes of a measure of the shop, in percent. */
function drawChanges(figure, key, title, changes, measure, covered, week, baseline) {
  const whole = row => isWhole(covered, row.previousStart, row.end);
  const share = row => (row.ratio === null ? null : row.ratio - 1);
  const shares = changes.filter(row => share(row) !== null && whole(row) && !isEarly(row)).map(share);
  const most = greatest((shares.length > 0 ? shares : changes.map(share)).map(Math.abs), 0.05) * 1.15;
  const beyond = changes.some(row => Math.abs(share(row)) > most);
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = `${measure.title}, compared with ${measure.each} of ${baseline.before}.` +
    (changes.every(row => share(row) === null || whole(row) || isEarly(row)) ? '' : ` Striped: one of the two ${week}s is not full.`) +
    (beyond ? ' Striped bars may extend beyond the chart.' : '') + paneNote(changes);
  const describe = row => `${windowText(row)}: ${measure.pair(row.current, ' after ', row.previous)}, ${measure.signed(row.change)}` +
    (row.ratio === null ? ', no ratio' : `, ${percentText(share(row))}`) + (whole(row) || isEarly(row) ? '' : `; ${week} not full`) + paneSuffix(row);
  drawBars(figure, key, {
    rows: changes, value: share, whole, marked: row => share(row) < 0, range: () => [-most, most], ticks: percentText, height: 220,
    describe: at => describe(changes[at]),
    label: `Bar chart: change of ${measure.name} in percent, ${plural(changes.length, 'comparison')}.`,
  });
  putTable(figure, title, [capital(week), 'Before', 'Now', 'Change', 'Ratio'],
    () => changes.map(row => [
      windowCell(row), measure.cell(row.previous), measure.cell(row.current), measure.signedCell(row.change), cell(ratioText(row.ratio), row.ratio)]));
}

/** The distinct customers and their change; hidden if they were not computed, or are the chosen measure. */
function showCustomers(rows, covered, week) {
  const figure = byId('customers');
  const title = `Customers per ${week}`;
  const measure = rows.customerMeasure;
  const isChosen = rows.shop.measure.key === 'customers';
  figure.hidden = isChosen || !rows.customers || rows.customers.length === 0;
  if (!figure.hidden) {
    const whole = row => isWhole(covered, row.start, row.end);
    figure.querySelector('h2').textContent = title;
    figure.querySelector('p').textContent = `Distinct customers with a transaction in the ${week}; guests are not counted.` +
      (rows.customers.every(row => whole(row) || isEarly(row)) ? '' : ` Striped: not a full ${week}.`) + paneNote(rows.customers);
    drawBars(figure, 'customers', {
      rows: rows.customers, value: row => measure.toNumber(row.customers), whole, range: fromZero, ticks: number, height: 220,
      describe: at => `${windowText(rows.customers[at])}: ${measure.counted(rows.customers[at].customers)}` + paneSuffix(rows.customers[at]),
      label: `Bar chart: ${title.toLowerCase()}, ${plural(rows.customers.length, week)}.`,
    });
    putTable(figure, title, [capital(week), 'Customers'], () => rows.customers.map(row => [windowCell(row), measure.cell(row.customers)]));
  }
  const changes = byId('customer-change');
  changes.hidden = isChosen || !rows.customerChanges || rows.customerChanges.length === 0;
  if (!changes.hidden) drawChanges(changes, 'customer-change', `Change of customers ${rows.baseline.title}`, rows.customerChanges, measure, covered, week, rows.baseline);
}

function answerSteady(rows, covered, week) {
  const answer = byId('steady');
  const why = byId('steady-why');
  const {measure, rows: volumes, title} = rows.shop;
  byId('steady-title').textContent = `Is ${measure.key === 'transactions' ? 'volume' : measure.key === 'revenue' ? 'revenue' : `the number of ${measure.name}`} steady?`;
  if (!volumes) {
    answer.textContent = 'Not computed';
    why.textContent = `This run did not compute ${title}.`;
    return;
  }
  const found = steadiness(volumes, covered, rows.periods, measure);
  if (found === null) {
    answer.textContent = 'Not enough data';
    why.textContent = `At least two full ${week}s are needed.`;
    return;
  }
  const range = measure.pair(found.least[measure.key], ' to ', found.most[measure.key]);
  if (found.silent > 0) {
    answer.textContent = `No, there were ${week}s without sales`;
    why.textContent = `Nothing was sold in ${plural(found.silent, week)}; ${plural(found.whole.length, 'full ' + week)} with sales had ${range}.`;
    return;
  }
  answer.textContent = {yes: 'Yes, it is steady', nearly: 'Not quite', no: 'No, it varies'}[found.verdict];
  why.textContent = `${plural(found.whole.length, 'full ' + week)} had ${range}, ` +
    `within ${shortRatio.format(100 * found.deviation)}\u00a0% of their mean, ${measure.text(BigInt(Math.round(found.mean)))}. ` +
    (found.verdict === 'yes' ? `No full ${week} deviates by more than 10\u00a0%.`
      : `The busiest was ${windowText(found.most)}, the quietest ${windowText(found.least)}.`);
}

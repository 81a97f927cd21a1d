// What all charts share: colours of the theme, size, and a cursor that also follows the arrow keys.

const charts = {};

const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** Stripes: a bar that does not tell the whole. */
function stripes(name) {
  const tile = document.createElement('canvas');
  const size = 6 * devicePixelRatio;
  tile.width = tile.height = size;
  const context = tile.getContext('2d');
  context.strokeStyle = color(name);
  context.lineWidth = 1.6 * devicePixelRatio;
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat');
}

const axisOf = (more = {}) => ({
  stroke: () => color('quiet'),
  font: '12px system-ui, sans-serif',
  grid: {stroke: () => color('line'), width: 1},
  ticks: {show: false},
  ...more,
});

const barsOf = (label, fillName, {striped = false, fillTo} = {}) => ({
  label,
  width: striped ? 1 : 0,
  stroke: () => color(fillName),
  fill: () => (striped ? stripes(fillName) : color(fillName)),
  paths: uPlot.paths.bars({size: [0.78, 48]}),
  points: {show: false},
  ...(fillTo ? {fillTo} : {}),
});

/** Days, months or hours, as many as there is room for; each year at its first tick. */
function timeTicks(u, ticks, axis, space, step) {
  let year = null;
  return ticks.map(tick => {
    const time = tick * 1000;
    const thisYear = new Date(time).getUTCFullYear();
    const text = step >= 28 * 86400 ? month.format(time) : step >= 86400 ? shortDay.format(time) : clock.format(time);
    const isNew = thisYear !== year;
    year = thisYear;
    return isNew ? text + '\n' + thisYear : text;
  });
}

/** Draws a chart into a figure; label says in words what it shows, say(i) what stands at one place. */
function draw(figure, name, {height = 280, data, series, axes, scales, label, say, hooks = {}}) {
  charts[name]?.destroy();
  figure.querySelector('.chart')?.remove();
  figure.querySelector('.readout')?.remove();
  const readout = element('output', {class: 'readout', 'aria-live': 'polite'});
  const host = element('div', {class: 'chart', tabindex: '0', role: 'img', 'aria-label': label + ' The arrow keys read it out.'});
  figure.querySelector('figcaption').after(host, readout);
  const hint = 'Point at a bar or touch it, or use the arrow keys.';
  readout.textContent = hint;
  const chart = new uPlot({
    width: host.clientWidth, height,
    legend: {show: false},
    cursor: {y: false, points: {show: false}, drag: {x: false, y: false}},
    padding: [12, 20, 0, 0],
    tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    series: [{}, ...series], axes, scales,
    hooks: {...hooks, setCursor: [u => { readout.textContent = u.cursor.idx == null ? hint : say(u.cursor.idx); }]},
  }, data, host);
  const goTo = at => {
    const bounded = Math.max(0, Math.min(data[0].length - 1, at));
    chart.setCursor({left: chart.valToPos(data[0][bounded], 'x'), top: 10});
  };
  host.addEventListener('keydown', event => {
    const at = chart.cursor.idx;
    const next = {ArrowLeft: (at ?? data[0].length) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: data[0].length - 1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  });
  chart.seen = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== chart.width) chart.setSize({width: host.clientWidth, height});
  });
  chart.seen.observe(host);
  charts[name] = chart;
  return chart;
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const chart of Object.values(charts)) chart.redraw(false, true);
});

/** A chart of one bar for each window; a bar is whole, striped where the data does not cover it, or marked. */
function drawBars(figure, name, {rows, value, whole, marked = () => false, range, ticks, ...more}) {
  const pick = wanted => rows.map(row => (wanted(row) ? value(row) : null));
  const first = rows[0].start / 1000;
  const last = rows.at(-1).end / 1000;
  return draw(figure, name, {
    data: [
      rows.map(row => (row.start + row.end) / 2000),
      pick(row => whole(row) && !marked(row)),
      pick(row => !whole(row)),
      pick(row => whole(row) && marked(row)),
    ],
    series: [barsOf('whole', 'bar'), barsOf('not whole', 'bar', {striped: true}), barsOf('marked', 'mark')],
    scales: {x: {time: true, range: () => [first, last]}, y: {range}},
    axes: [
      axisOf({grid: {show: false}, values: timeTicks, size: 44}),
      axisOf({values: (u, values) => values.map(ticks), size: (u, values) => 16 + 7.2 * Math.max(...(values ?? ['']).map(text => text.length))}),
    ],
    ...more,
  });
}

const fromZero = (u, least, most) => {
  const low = Math.min(0, least ?? 0);
  const high = Math.max(0, most ?? 0);
  const room = (high - low || 1) * 0.06;
  return [low < 0 ? low - room : 0, high > 0 ? high + room : room];
};

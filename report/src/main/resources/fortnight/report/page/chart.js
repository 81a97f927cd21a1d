// Charts: colours of the theme, size, and a cursor that also follows the arrow keys.

const charts = {};

const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** The stripes of bars that are not full. */
function stripes(name, light) {
  const tile = document.createElement('canvas');
  const size = 6 * devicePixelRatio;
  tile.width = tile.height = size;
  const context = tile.getContext('2d');
  context.strokeStyle = color(name);
  context.globalAlpha = light ? 0.55 : 1;
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

const barsOf = (label, fillName, {striped = false, light = false, fillTo} = {}) => ({
  label,
  width: striped ? 1 : 0,
  stroke: () => color(fillName) + (light ? '8c' : ''),
  fill: () => (striped ? stripes(fillName, light) : color(fillName)),
  paths: uPlot.paths.bars({size: [0.78, 48]}),
  points: {show: false},
  ...(fillTo ? {fillTo} : {}),
});

/** Labels of ticks: months, days or hours; the first tick of each year includes the year. */
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

/** Functions that call the current version of themselves, so that a chart's options can be replaced. */
const delegating = current => Object.fromEntries(Object.entries(current()).map(
  ([key, value]) => [key, typeof value === 'function' ? (...args) => current()[key](...args) : value]));

function removeChart(figure, name) {
  charts[name]?.destroy();
  delete charts[name];
  figure.querySelectorAll('.chart, .readout').forEach(old => old.remove());
}

/**
 * Draws a chart into a figure; label describes the chart, describe(i) its value at an index. An existing chart is
 * updated, and keeps its cursor.
 */
function draw(figure, name, spec) {
  figure.classList.remove('empty');
  if (charts[name]?.host.isConnected && charts[name].axisKind === spec.axisKind) {
    const old = charts[name];
    old.spec = spec;
    old.host.setAttribute('aria-label', spec.label + ' Use the arrow keys to read the values.');
    old.setData(spec.data);
    return old;
  }
  removeChart(figure, name);
  return create(figure, name, spec);
}

function create(figure, name, spec) {
  const current = {spec};
  const {height = 280, series, axes, scales, label} = spec;
  const readout = element('output', {class: 'readout', 'aria-live': 'polite'});
  const host = element('div', {class: 'chart', tabindex: '0', role: 'img', 'aria-label': label + ' Use the arrow keys to read the values.'});
  figure.querySelector('figcaption').after(host, readout);
  const hint = 'Point to a bar, touch it, or use the arrow keys.';
  readout.textContent = hint;
  const chart = new uPlot({
    width: host.clientWidth, height,
    legend: {show: false},
    cursor: {y: false, points: {show: false}, drag: {x: false, y: false}},
    padding: [12, 20, 0, 0],
    tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    series: [{}, ...series],
    axes: axes.map((axis, at) => delegating(() => current.spec.axes[at])),
    scales: {x: delegating(() => current.spec.scales.x), y: delegating(() => current.spec.scales.y)},
    hooks: {
      draw: [u => current.spec.hooks?.draw?.forEach(hook => hook(u))],
      setCursor: [u => {
        const text = u.cursor.idx == null ? hint : current.spec.describe(u.cursor.idx);
        if (readout.textContent !== text) readout.textContent = text;
      }],
    },
  }, spec.data, host);
  Object.defineProperty(chart, 'spec', {set: value => { current.spec = value; }});
  chart.host = host;
  chart.axisKind = spec.axisKind;
  const moveTo = at => {
    const {data} = current.spec;
    const bounded = Math.max(0, Math.min(data[0].length - 1, at));
    chart.setCursor({left: chart.valToPos(data[0][bounded], 'x'), top: 10});
  };
  host.addEventListener('keydown', event => {
    const {data} = current.spec;
    const at = chart.cursor.idx;
    const next = {ArrowLeft: (at ?? data[0].length) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: data[0].length - 1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  });
  chart.resizeObserver = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== chart.width) chart.setSize({width: host.clientWidth, height});
  });
  chart.resizeObserver.observe(host);
  charts[name] = chart;
  return chart;
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const chart of Object.values(charts)) chart.redraw(false, true);
});

/**
 * A chart with one bar per window: plain, marked, striped if the window is not full, or with lighter stripes if it is
 * provisional.
 */
function drawBars(figure, name, {rows, value, whole, marked = () => false, range, ticks, ...more}) {
  const closed = row => !isEarly(row);
  const pick = wanted => rows.map(row => (wanted(row) ? value(row) : null));
  const first = rows[0].start / 1000;
  const last = rows.at(-1).end / 1000;
  const isCalendar = rows[0].months !== undefined;
  return draw(figure, name, {
    axisKind: isCalendar ? 'calendar' : 'time',
    data: [
      rows.map(row => (row.start + row.end) / 2000),
      pick(row => closed(row) && whole(row) && !marked(row)),
      pick(row => closed(row) && !whole(row)),
      pick(row => closed(row) && whole(row) && marked(row)),
      pick(isEarly),
    ],
    series: [
      barsOf('whole', 'bar'), barsOf('not whole', 'bar', {striped: true}), barsOf('marked', 'mark'),
      barsOf('provisional', 'bar', {striped: true, light: true}),
    ],
    hooks: {draw: [wedges(rows, value)]},
    scales: {x: {time: true, range: () => [first, last]}, y: {range}},
    axes: [
      axisOf({grid: {show: false}, size: 44, ...isCalendar ? calendarTicks(rows) : {values: timeTicks}}),
      axisOf({values: (u, values) => values.map(ticks), size: (u, values) => 16 + 7.2 * Math.max(...(values ?? ['']).map(text => text.length))}),
    ],
    ...more,
  });
}

/** The range of an axis that includes zero. */
const fromZero = (u, least, most) => {
  const low = Math.min(0, least ?? 0);
  const high = Math.max(0, most ?? 0);
  const margin = (high - low || 1) * 0.06;
  return [low < 0 ? low - margin : 0, high > 0 ? high + margin : margin];
};

// The page of a stream: receives rows as server-sent events, and reconnects automatically.

const MAX_SILENCE = 20000;
const MIN_PAUSE = 100;
const MAX_PAUSE = 400;
const MAX_HOLD = 3000;

const store = createStore();
const live = {rows: {}, charts, ready: false};
let stream = null;
let isComplete = false;
let refresh = null;
let isStale = false;
let areRowsStale = false;
let held = false;
let timer = null;
let nextShow = 0;
let source = null;
let lastEvent = Date.now();

function setConnection(state, text) {
  const place = byId('connection');
  place.hidden = false;
  place.dataset.state = state;
  if (place.textContent !== text) place.textContent = text;
}

function showConnection() {
  if (source === null || source.readyState !== EventSource.OPEN) setConnection('lost', 'Connection lost. Reconnecting; the page may be out of date.');
  else if (stream?.problem) setConnection('lost', `Out of date: ${stream.problem}.`);
  else if (!isComplete) setConnection('reading', 'Reading the rows from the beginning.' + (live.ready ? ' Until this completes, the page may be out of date.' : ''));
  else setConnection('live', 'Live: rows appear here as they arrive.');
}

/** Draws the changes; less often on a slow machine, and not while a pointer is pressed. */
function show() {
  timer = null;
  if (held || document.hidden) return;
  const start = performance.now();
  isStale = false;
  if (live.ready && areRowsStale && stream) {
    areRowsStale = false;
    store.data.redrive = stream.redrive;
    store.data.deadLettersIn = stream.deadLettersIn;
    if (refresh) refresh();
    else refresh = showReport(store.data, live.rows);
    document.documentElement.dataset.ready = 'true';
  }
  if (stream) showStream(stream, live.rows);
  showConnection();
  const end = performance.now();
  nextShow = end + Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, 2 * (end - start)));
}

function scheduleShow() {
  isStale = true;
  if (timer === null && !held && !document.hidden) timer = setTimeout(show, Math.max(0, nextShow - performance.now()));
}

function listen(name, apply) {
  source.addEventListener(name, event => {
    lastEvent = Date.now();
    apply(JSON.parse(event.data));
    scheduleShow();
  });
}

function connect() {
  source?.close();
  isComplete = false;
  lastEvent = Date.now();
  source = new EventSource('events');
  source.addEventListener('open', showConnection);
  source.addEventListener('error', () => {
    isComplete = false;
    showConnection();
  });
  listen('status', data => {
    stream = data;
    isComplete = data.complete;
  });
  listen('snapshot', data => {
    store.replace(data);
    live.ready = areRowsStale = true;
  });
  listen('changes', data => {
    store.update(data);
    areRowsStale = true;
  });
}

// A browser does not reconnect after an HTTP error, and does not detect every broken connection.
setInterval(() => {
  if (source.readyState === EventSource.CLOSED || Date.now() - lastEvent > MAX_SILENCE) connect();
  showConnection();
}, 2000);

const release = () => {
  held = false;
  if (isStale) scheduleShow();
};
addEventListener('pointerdown', () => {
  held = true;
  setTimeout(release, MAX_HOLD);
});
for (const end of ['pointerup', 'pointercancel', 'blur']) addEventListener(end, () => setTimeout(release));
document.addEventListener('visibilitychange', release);

window.fortnight = live;
connect();

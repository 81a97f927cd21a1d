// The page of a stream: rows come as server-sent events, and a lost connection comes back by itself.

const MOST_SILENCE = 20000;
const LEAST_PAUSE = 100;
const MOST_PAUSE = 400;
const LONGEST_HOLD = 3000;

const store = storeOf();
const live = {rows: store.rows, charts, ready: false};
let stream = null;
let isComplete = false;
let showAgain = null;
let isStale = false;
let areRowsStale = false;
let held = false;
let timer = null;
let nextShow = 0;
let source = null;
let heardOf = Date.now();

function say(state, words) {
  const place = byId('connection');
  place.hidden = false;
  place.dataset.state = state;
  if (place.textContent !== words) place.textContent = words;
}

function sayState() {
  if (source === null || source.readyState !== EventSource.OPEN) say('lost', 'Connection lost. Trying again; what is shown may be out of date.');
  else if (stream?.problem) say('lost', `Out of date: ${stream.problem}.`);
  else if (!isComplete) say('reading', 'Reading the topics from their beginning.' + (live.ready ? ' Until then what is shown may be out of date.' : ''));
  else say('live', 'Live: rows appear here as they arrive.');
}

/** Draws what has come; a slow machine draws less often, and nothing moves under a finger that is down. */
function show() {
  timer = null;
  if (held || document.hidden) return;
  const start = performance.now();
  isStale = false;
  if (live.ready && areRowsStale && stream) {
    areRowsStale = false;
    store.rows.redrive = stream.redrive;
    if (showAgain) showAgain();
    else showAgain = showReport(store.rows);
    document.documentElement.dataset.ready = 'true';
  }
  if (stream) showStream(stream, store.rows);
  sayState();
  const end = performance.now();
  nextShow = end + Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, 2 * (end - start)));
}

function later() {
  isStale = true;
  if (timer === null && !held && !document.hidden) timer = setTimeout(show, Math.max(0, nextShow - performance.now()));
}

function listen(name, take) {
  source.addEventListener(name, event => {
    heardOf = Date.now();
    take(JSON.parse(event.data));
    later();
  });
}

function connect() {
  source?.close();
  isComplete = false;
  heardOf = Date.now();
  source = new EventSource('events');
  source.addEventListener('open', sayState);
  source.addEventListener('error', () => {
    isComplete = false;
    sayState();
  });
  listen('stream', data => {
    stream = data;
    isComplete = data.complete;
  });
  listen('everything', data => {
    store.everything(data);
    live.ready = areRowsStale = true;
  });
  listen('changes', data => {
    store.changes(data);
    areRowsStale = true;
  });
}

// A browser gives up where the server says no, and does not notice a cable that was pulled.
setInterval(() => {
  if (source.readyState === EventSource.CLOSED || Date.now() - heardOf > MOST_SILENCE) connect();
  sayState();
}, 2000);

const release = () => {
  held = false;
  if (isStale) later();
};
addEventListener('pointerdown', () => {
  held = true;
  setTimeout(release, LONGEST_HOLD);
});
for (const end of ['pointerup', 'pointercancel', 'blur']) addEventListener(end, () => setTimeout(release));
document.addEventListener('visibilitychange', release);

window.fortnight = live;
connect();

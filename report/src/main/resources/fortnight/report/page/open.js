// The page of a run: its rows stand in it.

const rows = readRows(JSON.parse(byId('data').textContent));
showReport(rows);
window.fortnight = {rows, charts};
document.documentElement.dataset.ready = 'true';

// The page of a run, which contains its rows.

const rows = readRows(JSON.parse(byId('data').textContent));
showReport(rows);
window.fortnight = {rows, charts};
document.documentElement.dataset.ready = 'true';

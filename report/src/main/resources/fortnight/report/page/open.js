// The page of a run, which contains its rows.

const rows = {};
showReport(readData(JSON.parse(byId('data').textContent), false), rows);
window.fortnight = {rows, charts};
document.documentElement.dataset.ready = 'true';

// The panes of rows: in a stream some rows are provisional, and some were corrected.

/** Provisional, or corrected after the window had closed; a bounded run has neither. */
const isEarly = row => row.pane === 1;
const isLate = row => row.pane === 2;

/** A small wedge above each bar that was corrected after its window had closed. */
function wedges(rows, value) {
  return u => {
    const {ctx} = u;
    const size = 4 * devicePixelRatio;
    ctx.save();
    ctx.fillStyle = color('mark');
    for (const row of rows) {
      if (!isLate(row) || value(row) === null) continue;
      const x = u.valToPos((row.start + row.end) / 2000, 'x', true);
      const y = u.valToPos(Math.max(0, value(row)), 'y', true) - 2 * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x - size, y - 1.6 * size);
      ctx.lineTo(x + size, y - 1.6 * size);
      ctx.fill();
    }
    ctx.restore();
  };
}

/** A note about the panes of a chart's rows. */
function paneNote(rows) {
  const early = rows.filter(isEarly);
  const late = rows.filter(isLate);
  const named = some => listed([...some].reverse().map(windowText), 2);
  return (early.length > 0 ? ` Hatched and lighter: provisional, ${named(early)}.` : '') +
    (late.length > 0 ? ` With a wedge: corrected after the period had closed, ${named(late)}.` : '');
}

const paneSuffix = row => (isEarly(row) ? '; provisional' : isLate(row) ? '; corrected' : '');

/** The first cell of a table row, with a label unless the pane is ON_TIME. */
const windowCell = row => {
  const first = cell(windowText(row));
  if (isEarly(row)) first.append(' ', element('span', {class: 'pane early'}, 'provisional'));
  if (isLate(row)) first.append(' ', element('span', {class: 'pane late'}, 'corrected'));
  return first;
};

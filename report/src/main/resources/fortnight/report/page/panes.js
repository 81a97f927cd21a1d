// By which pane a row came: in a stream some are provisional, and some were corrected.

/** What of a stream is known so far, and what was corrected after its window had closed; a run that ends has neither. */
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

/** Said of rows of a stream, beside what the chart shows. */
function panesInWords(rows) {
  const early = rows.filter(isEarly);
  const late = rows.filter(isLate);
  const named = some => listed([...some].reverse().map(row => span(row.start, row.end)), 2);
  return (early.length > 0 ? ` Hatched and lighter: provisional, what is known so far of ${named(early)}.` : '') +
    (late.length > 0 ? ` With a wedge: corrected after it had closed, ${named(late)}.` : '');
}

const paneInWords = row => (isEarly(row) ? '; provisional, so far' : isLate(row) ? '; corrected' : '');

/** The first cell of a row of a table, which says by which pane the row came, if by no ordinary one. */
const windowCell = row => {
  const made = cell(span(row.start, row.end));
  if (isEarly(row)) made.append(' ', element('span', {class: 'pane early'}, 'provisional'));
  if (isLate(row)) made.append(' ', element('span', {class: 'pane late'}, 'corrected'));
  return made;
};

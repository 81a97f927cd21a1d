// What was not taken: rejected records, and rows of the results that are none.

function sampleOf(sample) {
  return element('li', {}, element('p', {}, sample.message), element('pre', {}, sample.payload), element('p', {class: 'quiet'}, sample.source));
}

function showRejected(rows) {
  const note = byId('rejected-note');
  if (rows.rejected === null) {
    note.textContent = 'They went elsewhere, and are not part of this page.';
    return;
  }
  const sum = rows.rejected.reduce((total, reason) => total + reason.count, 0);
  note.textContent = sum === 0 ? 'None: every record was taken.' : `${plural(sum, 'record is no legal transaction', 'records are no legal transactions')}. The file of dead letters has them all.`;
  const most = Math.max(...rows.rejected.map(reason => reason.count));
  const byCount = [...rows.rejected].sort((a, b) => b.count - a.count);
  byId('reasons').append(...byCount.map(reason => {
    const bar = element('span', {class: 'bar'});
    bar.style.width = `${100 * reason.count / most}%`;
    return element('li', {'data-reason': reason.reason}, element('details', {},
      element('summary', {}, element('span', {class: 'reason'}, reason.reason), element('span', {class: 'count'}, number(reason.count)), element('span', {class: 'track'}, bar)),
      element('p', {class: 'quiet'}, reason.count > reason.samples.length ? `The first ${reason.samples.length} of ${number(reason.count)}:` : 'All of them:'),
      element('ol', {class: 'samples'}, ...reason.samples.map(sampleOf))));
  }));
}

function showBroken(rows) {
  if (rows.broken.length === 0) return;
  const place = byId('broken');
  place.hidden = false;
  const sum = rows.broken.reduce((total, file) => total + file.count, 0);
  place.append(element('p', {}, element('strong', {}, plural(sum, 'line is', 'lines are') + ' broken'), ' and not shown below; everything else is.'));
  for (const file of rows.broken) {
    place.append(element('details', {}, element('summary', {}, `${file.title}: ${number(file.count)}`),
      element('ol', {class: 'samples'}, ...file.samples.map(sample =>
        sampleOf({message: `Line ${number(sample.line)}: ${sample.why}`, payload: sample.text, source: ''})))));
  }
}

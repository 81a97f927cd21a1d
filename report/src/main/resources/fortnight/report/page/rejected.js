// What was not taken: rejected records, and rows of the results that are none.

function sampleOf(sample) {
  return element('li', {}, element('p', {}, withoutDirections(sample.message)), element('pre', {}, withoutDirections(sample.payload)),
    element('p', {class: 'quiet'}, withoutDirections(sample.source)));
}

function showRejected(rows) {
  const note = byId('rejected-note');
  if (rows.rejected === null) {
    note.textContent = 'They went elsewhere, and are not part of this page.';
    return;
  }
  const sum = rows.rejected.reduce((total, reason) => total + (reason.reason === 'LOST_OFFSETS' ? 0 : reason.count), 0);
  const gaps = rows.rejected.reduce((total, reason) => total + (reason.reason === 'LOST_OFFSETS' ? reason.count : 0), 0);
  note.textContent = sum + gaps === 0 ? 'None: every record was taken.' : sum === 0 ? lostIn(gaps) : `${plural(sum, 'record is no legal transaction', 'records are no legal transactions')}. ` +
      (rows.redrive === undefined ? 'The file of dead letters has them all.'
        : 'The topic of dead letters has them all.' + (rows.sentBack > 0 ? ` ${number(rows.sentBack)} were sent back.` : '')) + (gaps > 0 ? ` ${lostIn(gaps)}` : '');
  const most = Math.max(...rows.rejected.map(reason => reason.count));
  const byCount = [...rows.rejected].sort((a, b) => b.count - a.count);
  const list = byId('reasons');
  const old = new Map([...list.children].map(line => [line.dataset.reason, line]));
  byCount.forEach((reason, at) => {
    const line = old.get(reason.reason) ?? reasonLine(reason, rows.redrive);
    old.delete(reason.reason);
    // What stands in its place stays there: a reader may be about to press its button.
    if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    line.querySelector('.count').textContent = number(reason.count);
    line.querySelector('.bar').style.width = `${100 * reason.count / most}%`;
    line.querySelector('.which').textContent = reason.count > reason.samples.length ? `The first ${reason.samples.length} of ${number(reason.count)}:` : 'All of them:';
    const samples = line.querySelector('.samples');
    samples.append(...reason.samples.slice(samples.children.length).map(sampleOf));
  });
  for (const gone of old.values()) gone.remove();
}

function lostIn(gaps) {
  return `${plural(gaps, 'gap', 'gaps')} in the topic: records were deleted before they were read.`;
}

/** One reason; of a stream with the command that sends these records back. */
function reasonLine({reason}, redrive) {
  const details = element('details', {},
    element('summary', {}, element('span', {class: 'reason'}, withoutDirections(reason)), element('span', {class: 'count'}), element('span', {class: 'track'}, element('span', {class: 'bar'}))),
    element('p', {class: 'quiet which'}), element('ol', {class: 'samples'}));
  if (redrive !== undefined) details.append(...redriveOf(reason, redrive));
  return element('li', {'data-reason': reason}, details);
}

/** Only what the pipeline itself writes becomes a part of a command. */
function redriveOf(reason, redrive) {
  if (!/^[A-Z_]+$/.test(reason)) return [];
  if (reason === 'LOST_OFFSETS') return [element('p', {class: 'quiet'}, 'These cannot be sent back: their records were deleted before they were read.')];
  if (reason === 'TOO_LARGE') return [element('p', {class: 'quiet'}, 'These cannot be sent back: only their beginning is kept.')];
  const command = `${redrive} --reason=${reason}`;
  const copy = element('button', {type: 'button', class: 'copy'}, 'Copy');
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(command);
      copy.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(copy.previousSibling);
      copy.textContent = 'Selected';
    }
  });
  return [
    element('p', {class: 'quiet'}, 'Once the pipeline takes them, this sends them back; with --dryRun it says what it would send:'),
    element('div', {class: 'command'}, element('code', {tabindex: '0'}, command), copy),
  ];
}

function showBroken(rows) {
  const place = byId('broken');
  place.hidden = rows.broken.length === 0;
  const open = new Set([...place.querySelectorAll('details[open]')].map(details => details.dataset.title));
  place.replaceChildren();
  const sum = rows.broken.reduce((total, file) => total + file.count, 0);
  place.append(element('p', {}, element('strong', {}, plural(sum, 'line is', 'lines are') + ' broken'), ' and not shown below; everything else is.'));
  for (const file of rows.broken) {
    place.append(element('details', {'data-title': file.title, open: open.has(file.title)}, element('summary', {}, `${file.title}: ${number(file.count)}`),
      element('ol', {class: 'samples'}, ...file.samples.map(sample =>
        sampleOf({message: `${sample.place}: ${sample.why}`, payload: sample.text, source: ''})))));
  }
}

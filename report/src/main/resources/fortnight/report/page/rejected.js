// Rejected records by reason, and malformed rows.

function sampleOf(sample) {
  return element('li', {}, element('p', {}, withoutDirections(sample.message)), element('pre', {}, withoutDirections(sample.payload)),
    element('p', {class: 'quiet'}, withoutDirections(sample.source)));
}

function showRejected(rows) {
  const note = byId('rejected-note');
  if (rows.rejected === null) {
    note.textContent = 'The dead letters were not read.';
    return;
  }
  const sum = rows.rejected.reduce((total, reason) => total + (reason.reason === 'LOST_OFFSETS' ? 0 : reason.count), 0);
  const gaps = rows.rejected.reduce((total, reason) => total + (reason.reason === 'LOST_OFFSETS' ? reason.count : 0), 0);
  note.textContent = sum + gaps === 0 ? 'None: every record was accepted.' : sum === 0 ? gapsNote(gaps) : `${plural(sum, 'record is not a valid transaction', 'records are not valid transactions')}. ` +
      `The ${rows.deadLettersIn} of dead letters contains all of them.` +
      (rows.redriven > 0 ? ` ${number(rows.redriven)} were sent back to the input.` : '') + (gaps > 0 ? ` ${gapsNote(gaps)}` : '');
  const most = Math.max(...rows.rejected.map(reason => reason.count));
  const byCount = [...rows.rejected].sort((a, b) => b.count - a.count);
  const list = byId('reasons');
  const old = new Map([...list.children].map(line => [line.dataset.reason, line]));
  byCount.forEach((reason, at) => {
    const line = old.get(reason.reason) ?? reasonLine(reason, rows.redrive);
    old.delete(reason.reason);
    // Elements are not moved without need: the user may be about to press a button.
    if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    line.querySelector('.count').textContent = number(reason.count);
    line.querySelector('.bar').style.width = `${100 * reason.count / most}%`;
    line.querySelector('.which').textContent = reason.count > reason.samples.length ? `The first ${reason.samples.length} of ${number(reason.count)}:` : 'All of them:';
    const samples = line.querySelector('.samples');
    samples.append(...reason.samples.slice(samples.children.length).map(sampleOf));
  });
  for (const removed of old.values()) removed.remove();
}

function gapsNote(gaps) {
  return `${plural(gaps, 'gap', 'gaps')} in the topic: records were deleted before they were read.`;
}

/** A reason, with the command that sends its records back to the input, if the dead letters are in a topic. */
function reasonLine({reason}, redrive) {
  const details = element('details', {},
    element('summary', {}, element('span', {class: 'reason'}, withoutDirections(reason)), element('span', {class: 'count'}), element('span', {class: 'track'}, element('span', {class: 'bar'}))),
    element('p', {class: 'quiet which'}), element('ol', {class: 'samples'}));
  if (redrive) details.append(...redriveOf(reason, redrive));
  return element('li', {'data-reason': reason}, details);
}

/** Reasons that the pipeline does not write are not put into a command. */
function redriveOf(reason, redrive) {
  if (!/^[A-Z_]+$/.test(reason)) return [];
  if (reason === 'LOST_OFFSETS') return [element('p', {class: 'quiet'}, 'These cannot be sent back: their records were deleted before they were read.')];
  if (reason === 'TOO_LARGE') return [element('p', {class: 'quiet'}, 'These cannot be sent back: dead letters contain only their beginning.')];
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
    element('p', {class: 'quiet'}, 'When the pipeline accepts them, this command sends them back to the input; with --dryRun it only reports what it would send:'),
    element('div', {class: 'command'}, element('code', {tabindex: '0'}, command), copy),
  ];
}

function showMalformed(rows) {
  const place = byId('malformed');
  place.hidden = rows.malformed.length === 0;
  const open = new Set([...place.querySelectorAll('details[open]')].map(details => details.dataset.title));
  place.replaceChildren();
  const sum = rows.malformed.reduce((total, file) => total + file.count, 0);
  place.append(element('p', {}, element('strong', {}, plural(sum, 'row is', 'rows are') + ' malformed'), ' and not included below.'));
  for (const file of rows.malformed) {
    place.append(element('details', {'data-title': file.title, open: open.has(file.title)}, element('summary', {}, `${file.title}: ${number(file.count)}`),
      element('ol', {class: 'samples'}, ...file.samples.map(sample =>
        sampleOf({message: `${sample.place}: ${sample.error}`, payload: sample.text, source: ''})))));
  }
}

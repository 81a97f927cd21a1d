// Elements. Text from the data becomes text nodes, never markup.

const byId = id => document.getElementById(id);

/** An element with attributes (on… are listeners) and children, texts or elements. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A cell that shows a text, and carries the exact value where the text is rounded. */
function cell(text, value) {
  return element('td', {'data-value': value === undefined ? null : String(value), class: value === undefined ? null : 'number'}, text);
}

/** The numbers of a chart as a table that opens on demand and is built only then. */
function tableOnDemand(caption, heads, rows) {
  const details = element('details', {class: 'as-table'}, element('summary', {}, 'Show as a table'));
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('table')) return;
    const body = element('tbody');
    for (const row of rows()) body.append(element('tr', {}, ...row));
    details.append(element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
      element('table', {},
        element('caption', {class: 'hidden'}, caption),
        element('thead', {}, element('tr', {}, ...heads.map(head => element('th', {scope: 'col'}, head)))),
        body)));
  });
  return details;
}

/** Puts the table below the figure in place of an older one, which stays open if it was. */
function putTable(figure, caption, heads, rows) {
  const old = figure.querySelector('.as-table');
  const made = tableOnDemand(caption, heads, rows);
  if (!old) {
    figure.append(made);
    return;
  }
  if (old.open) {
    // The old one's summary keeps its focus, and its table where the reader has scrolled to.
    const body = element('tbody');
    for (const row of rows()) body.append(element('tr', {}, ...row));
    const table = old.querySelector('table');
    if (table) {
      table.tBodies[0].replaceWith(body);
      table.caption.textContent = caption;
      return;
    }
  }
  old.replaceWith(made);
}

/** Replaces what stands in a place; what has the focus there keeps it, by its data-item and data-start. */
function replaceKeepingFocus(place, children) {
  const old = place.contains(document.activeElement) ? document.activeElement : null;
  const key = old?.closest('[data-item]')?.dataset;
  place.replaceChildren(...children);
  if (!key) return;
  const next = [...place.querySelectorAll('[data-item]')].find(some => some.dataset.item === key.item && some.dataset.start === key.start);
  (next?.matches('button') ? next : next?.querySelector('button'))?.focus({preventScroll: true});
}

/** Says in place of a chart why there is none. */
function emptyFigure(figure, title, why) {
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = why;
  figure.classList.add('empty');
  figure.querySelectorAll('.chart, .readout, .as-table').forEach(old => old.remove());
}

// DOM elements. Text from the data becomes text nodes, never markup.

const byId = id => document.getElementById(id);

/** Creates an element with attributes (on… are listeners) and children, which are texts or elements. */
function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) created.addEventListener(key.slice(2), value);
    else if (value === true) created.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) created.setAttribute(key, value);
  }
  created.append(...children);
  return created;
}

/** A table cell with a text and, as data-value, the exact value. */
function cell(text, value) {
  return element('td', {'data-value': value === undefined ? null : String(value), class: value === undefined ? null : 'number'}, text);
}

/** The values of a chart as a collapsed table, which is built when it is opened. */
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

/** Adds or replaces the table of a figure; an open table stays open. */
function putTable(figure, caption, heads, rows) {
  const old = figure.querySelector('.as-table');
  const sameHeads = old && [...old.querySelectorAll('thead th')].map(head => head.textContent).join('\n') === heads.join('\n');
  const table = tableOnDemand(caption, heads, rows);
  if (!old) {
    figure.append(table);
    return;
  }
  if (old.open && !sameHeads) {
    table.open = true;
  } else if (old.open) {
    // Replacing only the rows keeps the focus and the scroll position.
    const body = element('tbody');
    for (const row of rows()) body.append(element('tr', {}, ...row));
    const oldTable = old.querySelector('table');
    if (oldTable) {
      oldTable.tBodies[0].replaceWith(body);
      oldTable.caption.textContent = caption;
      return;
    }
  }
  old.replaceWith(table);
}

/** Replaces the children of an element; the focus stays on the child with the same data-item and data-start. */
function replaceKeepingFocus(parent, children) {
  const old = parent.contains(document.activeElement) ? document.activeElement : null;
  const key = old?.closest('[data-item]')?.dataset;
  parent.replaceChildren(...children);
  if (!key) return;
  const next = [...parent.querySelectorAll('[data-item]')].find(some => some.dataset.item === key.item && some.dataset.start === key.start);
  (next?.matches('button') ? next : next?.querySelector('button'))?.focus({preventScroll: true});
}

/** Shows a reason instead of a chart. */
function emptyFigure(figure, title, reason) {
  figure.querySelector('h2').textContent = title;
  figure.querySelector('p').textContent = reason;
  figure.classList.add('empty');
  figure.querySelectorAll('.chart, .readout, .as-table').forEach(old => old.remove());
}

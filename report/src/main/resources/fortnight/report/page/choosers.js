// The choosers of the measure, the dimension and the currency.

/** Sets the options of a select; those that are unchanged stay, because the user may be about to choose one. */
function putOptions(select, options, selected) {
  const old = [...select.options].map(option => [option.value, option.text]);
  if (JSON.stringify(old) !== JSON.stringify(options)) {
    select.replaceChildren(...options.map(([value, text]) => element('option', {value}, text)));
  }
  select.value = selected;
  select.closest('label').hidden = options.length < 2;
}

/** The selection of the choosers; changed is called when the user changes it. */
function createSelection(data, changed) {
  const selection = {measure: 'transactions', dimension: PRODUCT, breakdown: true, currency: null};
  let chosen = {measure: null, dimension: null, currency: null};

  /** Offers what has rows, and keeps what the user has chosen while it is offered. */
  function update() {
    const measures = measuresOf(data);
    const dimensions = dimensionsOf(data);
    const withRows = dimensions.filter(name => data.values.get(name)?.length > 0);
    const names = withRows.length > 0 && !withRows.includes(PRODUCT) ? withRows : dimensions;
    selection.measure = measures.includes(chosen.measure) ? chosen.measure : measures[0];
    selection.breakdown = chosen.dimension !== '';
    selection.dimension = names.includes(chosen.dimension) ? chosen.dimension : names[0];
    if (data.currencies.length === 0) selection.currency = null;
    else {
      const at = data.currencies.indexOf(chosen.currency);
      selection.currency = at >= 0 ? at : mainCurrency(data);
      chosen.currency = data.currencies[selection.currency];
    }
    putOptions(byId('measure'), measures.map(name => [name, capital(name)]), selection.measure);
    putOptions(byId('dimension'), names.length < 2 ? [] : [...names.map(name => [name, capital(dimensionOf(name).noun)]), ['', 'Shop only']],
      selection.breakdown ? selection.dimension : '');
    putOptions(byId('currency'), data.currencies.map((currency, at) => [String(at), currency]), String(selection.currency));
    byId('currency-note').hidden = data.currencies.length < 2;
    byId('choosers').hidden = [...byId('choosers').querySelectorAll('label')].every(label => label.hidden);
    return selection;
  }

  for (const id of ['measure', 'dimension', 'currency']) {
    byId(id).addEventListener('change', event => {
      chosen[id] = id === 'currency' ? data.currencies[Number(event.target.value)] : event.target.value;
      changed(id);
    });
  }
  byId('choosers').addEventListener('submit', event => event.preventDefault());
  return update;
}

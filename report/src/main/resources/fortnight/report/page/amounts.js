// Exact amounts: numbers in units of their last decimal, as BigInt beyond 2^53; and the measures that they are of.

/** A number from its digits. */
function exact(digits) {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

function plus(a, b) {
  const sum = typeof a === 'number' && typeof b === 'number' ? a + b : NaN;
  return Number.isSafeInteger(sum) ? sum : exact(String(BigInt(a) + BigInt(b)));
}

const minus = (a, b) => plus(a, -b);

const total = amounts => amounts.reduce(plus, 0);

/** The decimal digits of an amount; format formats its integer part. */
function decimalText(amount, decimals, format = String) {
  if (decimals === 0) return format(amount);
  const digits = String(amount < 0 ? -amount : amount).padStart(decimals + 1, '0');
  return (amount < 0 ? '-' : '') + format(BigInt(digits.slice(0, -decimals))) + '.' + digits.slice(-decimals);
}

const WORDS = {
  transactions: {one: 'transaction', many: 'transactions', each: 'those'},
  customers: {one: 'customer', many: 'customers', each: 'those'},
  line_items: {one: 'line item', many: 'line items', each: 'those'},
  units: {one: 'unit', many: 'units', each: 'those'},
  revenue: {one: 'revenue', many: 'revenue', each: 'that'},
};

/** A measure, and the texts of its amounts; currency is null if there is none. */
function measureOf(key, decimals, currency) {
  const {one, many, each} = WORDS[key];
  const text = amount => decimalText(amount, decimals, number);
  const signed = amount => (amount > 0 ? '+' : '') + text(amount);
  const isMoney = key === 'revenue';
  const unit = isMoney ? (currency === null ? '' : ' ' + currency) : ' ' + many;
  return {
    key, name: many, title: capital(many), each, text,
    /** The title with the currency of money. */
    titleWithUnit: capital(many) + (isMoney ? unit && ` in${unit}` : ''),
    signed,
    counted: amount => (isMoney ? 'revenue ' : '') + text(amount) + (isMoney || amount !== 10 ** decimals ? unit : ' ' + one),
    /** Two amounts in one sentence. */
    pair: (first, between, second) => (isMoney ? 'revenue ' : '') + text(first) + between + text(second) + unit,
    /** For a chart, which needs no exact numbers. */
    toNumber: amount => Number(amount) / 10 ** decimals,
    cell: amount => cell(text(amount), decimalText(amount, decimals)),
    signedCell: amount => cell(signed(amount), decimalText(amount, decimals)),
  };
}

// What follows from the rows: which weeks are whole, whether volume is steady, which ratios stand out.

/**
 * The stretch of time that the data covers. A shop that closes on Sundays begins and ends every week
 * with some silence; only what is longer than that, by a twentieth of the period, is missing data.
 */
function coverage(volumes, period) {
  if (!volumes || volumes.length === 0) return null;
  const silences = volumes.flatMap((week, i) => [
    i > 0 ? week.first_transaction - week.start : 0,
    i < volumes.length - 1 ? week.end - week.last_transaction : 0,
  ]);
  const usual = greatest(silences, 0) + period / 20;
  const first = volumes[0].first_transaction;
  const last = volumes.at(-1).last_transaction;
  return {
    first, last,
    has: (start, end) => start >= first - usual && end <= last + usual,
    /** How much of a window lies between the first and the last transaction. */
    share: (start, end) => (Math.min(end, last + usual >= end ? end : last) - Math.max(start, first - usual <= start ? start : first)) / (end - start),
  };
}

const isWhole = (covered, start, end) => covered === null || covered.has(start, end);

/** Steady: every full period lies within a tenth of their mean. One in which nothing was sold has no row, and counts. */
function steadiness(volumes, covered, period) {
  const whole = volumes.filter(week => isWhole(covered, week.start, week.end) && !isEarly(week));
  if (whole.length < 2) return null;
  const silent = Math.round((volumes.at(-1).start - volumes[0].start) / period) + 1 - volumes.length;
  const mean = whole.reduce((sum, week) => sum + week.transactions, 0) / (whole.length + silent);
  const byVolume = [...whole].sort((a, b) => a.transactions - b.transactions);
  const least = byVolume[0];
  const most = byVolume.at(-1);
  const deviation = silent > 0 ? 1 : Math.max(most.transactions - mean, mean - least.transactions) / Math.abs(mean);
  return {whole, silent, mean, least, most, deviation, verdict: deviation <= 0.1 ? 'yes' : deviation <= 0.25 ? 'nearly' : 'no'};
}

const standsOut = (ratio, limits) => ratio !== null && (ratio > limits.above || ratio < limits.below);

const BINS_PER_DECADE = 10;

/** Counts ratios in bins of equal width on a logarithmic axis; those that have no place on it aside. */
function histogram(changes) {
  const bins = new Map();
  const aside = {none: 0, zero: 0, negative: 0};
  let counted = 0;
  for (const {ratio} of changes) {
    if (ratio === null) aside.none++;
    else if (ratio === 0) aside.zero++;
    else if (ratio < 0) aside.negative++;
    else {
      const bin = Math.round(Math.log10(ratio) * BINS_PER_DECADE);
      bins.set(bin, (bins.get(bin) ?? 0) + 1);
      counted++;
    }
  }
  const edge = bin => 10 ** (bin / BINS_PER_DECADE);
  const rows = [];
  // Every bin from the first to the last, so that all have one width; an empty one has no count.
  const found = [...bins.keys()];
  for (let bin = Math.min(...found); bin <= Math.max(...found); bin++) {
    rows.push({from: edge(bin - 0.5), middle: edge(bin), to: edge(bin + 0.5), count: bins.get(bin) ?? null});
  }
  return {rows, aside, counted};
}

// Derived from the rows: which windows are full, whether volume is steady, which ratios are outliers.

/**
 * The time range that the data covers. A gap at the start or end of a window is missing data only if it is longer than
 * those of other windows (a shop that is closed on Sundays) by more than a twentieth of the period.
 */
function coverage(volumes, periods) {
  if (!volumes || volumes.length === 0) return null;
  const silences = volumes.flatMap((week, i) => [
    i > 0 ? week.first_transaction - week.start : 0,
    i < volumes.length - 1 ? week.end - week.last_transaction : 0,
  ]);
  const usual = greatest(silences, 0) + periods.millis / 20;
  const first = volumes[0].first_transaction;
  const last = volumes.at(-1).last_transaction;
  return {
    first, last,
    has: (start, end) => start >= first - usual && end <= last + usual,
    /** The share of a window that is covered. */
    share: (start, end) => (Math.min(end, last + usual >= end ? end : last) - Math.max(start, first - usual <= start ? start : first)) / (end - start),
  };
}

const isWhole = (covered, start, end) => covered === null || covered.has(start, end);

/** Steady: every full window is within 10 % of their mean. Windows without sales have no row, but count. */
function steadiness(volumes, covered, periods, {key}) {
  const whole = volumes.filter(week => isWhole(covered, week.start, week.end) && !isEarly(week));
  if (whole.length < 2) return null;
  const silent = periods.between(volumes[0].start, volumes.at(-1).start) + 1 - volumes.length;
  const mean = Number(total(whole.map(week => week[key]))) / (whole.length + silent);
  const byVolume = [...whole].sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
  const least = byVolume[0];
  const most = byVolume.at(-1);
  const deviation = silent > 0 ? 1 : Math.max(Number(most[key]) - mean, mean - Number(least[key])) / Math.abs(mean);
  return {whole, silent, mean, least, most, deviation, verdict: deviation <= 0.1 ? 'yes' : deviation <= 0.25 ? 'nearly' : 'no'};
}

const standsOut = (ratio, limits) => ratio !== null && (ratio > limits.above || ratio < limits.below);

const BINS_PER_DECADE = 10;

/** Counts ratios in bins of equal width on a logarithmic axis; others are counted as omitted. */
function histogram(changes) {
  const bins = new Map();
  const omitted = {none: 0, zero: 0, negative: 0};
  let counted = 0;
  for (const {ratio} of changes) {
    if (ratio === null) omitted.none++;
    else if (ratio === 0) omitted.zero++;
    else if (ratio < 0) omitted.negative++;
    else {
      const bin = Math.round(Math.log10(ratio) * BINS_PER_DECADE);
      bins.set(bin, (bins.get(bin) ?? 0) + 1);
      counted++;
    }
  }
  const edge = bin => 10 ** (bin / BINS_PER_DECADE);
  const rows = [];
  // All bins from the first to the last, so that all bars have the same width; an empty bin has no count.
  const found = [...bins.keys()];
  for (let bin = Math.min(...found); bin <= Math.max(...found); bin++) {
    rows.push({from: edge(bin - 0.5), middle: edge(bin), to: edge(bin + 0.5), count: bins.get(bin) ?? null});
  }
  return {rows, omitted, counted};
}

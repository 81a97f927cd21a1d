// The histogram of the ratios of products, or of the values of a dimension, on logarithmic axes.

const DECADES = Array.from({length: 41}, (_, i) => 10 ** (i - 20));

/** Dashed lines at the thresholds. */
function thresholdLines(limits) {
  return u => {
    const {ctx, bbox} = u;
    ctx.save();
    ctx.strokeStyle = color('mark');
    ctx.fillStyle = color('mark');
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const [at, align] of [[limits.below, 'right'], [limits.above, 'left']]) {
      const x = Math.round(u.valToPos(at, 'x', true));
      if (!(x >= bbox.left && x <= bbox.left + bbox.width)) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.textAlign = align;
      ctx.fillText(ratioText(at), x + (align === 'left' ? 6 : -6) * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
    }
    ctx.restore();
  };
}

function showHistogram(rows, chosen, limits) {
  const figure = byId('ratios');
  const title = 'Distribution of ratios';
  figure.querySelector('h2').textContent = title;
  if (!rows.itemChanges) return emptyFigure(figure, title, `This run did not compute ${rows.changeTitle}.`);
  const {dimension, itemMeasure: measure, baseline} = rows;
  const {rows: bins, omitted, counted} = histogram(chosen);
  const others = [
    [omitted.zero, 'is', 'are', 'zero'],
    [omitted.none, 'has', 'have', `no previous ${measure.name}`],
    [omitted.negative, 'is', 'are', 'negative (more returned than sold)'],
  ].filter(([count]) => count > 0).map(([count, one, many, what]) => `${number(count)} ${count === 1 ? one : many} ${what}`);
  figure.querySelector('p').textContent = `${measure.title} of ${dimension.article} ${dimension.noun}, divided by ${measure.each} of ${baseline.before}: ${plural(counted, 'ratio')}, both axes logarithmic.` +
    (others.length > 0 ? ` Not in the chart: ${others.join('; ')}.` : '');
  if (bins.length === 0) {
    figure.querySelector('.as-table')?.remove();
    removeChart(figure, 'ratios');
    return;
  }
  const outside = bin => standsOut(bin.middle, limits);
  const low = Math.min(bins[0].from, limits.below / 1.5);
  const high = Math.max(bins.at(-1).to, limits.above * 1.5);
  const most = Math.max(...bins.map(bin => bin.count ?? 0));
  const floor = u => u.scales.y.min;
  draw(figure, 'ratios', {
    data: [
      bins.map(bin => bin.middle),
      bins.map(bin => (outside(bin) ? null : bin.count)),
      bins.map(bin => (outside(bin) ? bin.count : null)),
    ],
    series: [barsOf('within', 'bar', {fillTo: floor}), barsOf('beyond', 'mark', {fillTo: floor})],
    scales: {x: {time: false, distr: 3, range: () => [low, high]}, y: {distr: 3, range: () => [0.6, most * 1.6]}},
    axes: [
      axisOf({grid: {show: false}, size: 32, splits: () => DECADES.flatMap(d => [d, 2 * d, 5 * d]).filter(d => d >= low && d <= high), filter: (u, ticks) => ticks,
        values: (u, ticks) => ticks.map((tick, i) => (ticks.length < 8 || /^(0\.)?0*10*$/.test(String(tick)) ? ratioText(tick) : ''))}),
      axisOf({splits: () => DECADES.filter(d => d >= 1 && d <= most * 1.6), filter: (u, ticks) => ticks, values: (u, ticks) => ticks.map(number),
        size: (u, values) => 16 + 7.2 * Math.max(...(values ?? ['']).map(text => text.length))}),
    ],
    hooks: {draw: [thresholdLines(limits)]},
    describe: at => `${ratioText(bins[at].from)} to ${ratioText(bins[at].to)}: ${plural(bins[at].count ?? 0, 'comparison')}`,
    label: `Histogram of ${plural(counted, 'ratio')}, both axes logarithmic, with the thresholds ${ratioText(limits.below)} and ${ratioText(limits.above)}.`,
  });
  putTable(figure, title, ['From', 'To', 'Comparisons'],
    () => bins.filter(bin => bin.count !== null).map(bin => [cell(ratioText(bin.from), bin.from), cell(ratioText(bin.to), bin.to), cell(number(bin.count), bin.count)]));
}

// How the stream stands, as a broker's console would say it.

/** A stretch of time in words, roughly. */
function stretch(millis) {
  const units = [[365 * DAY, 'year'], [DAY, 'day'], [DAY / 24, 'hour'], [60000, 'minute'], [1000, 'second']];
  const [size, name] = units.find(([some]) => millis >= 2 * some) ?? units.at(-1);
  return plural(Math.floor(millis / size), name);
}

function sizeText(bytes) {
  const unit = bytes >= 1e6 ? [1e6, 'MB'] : bytes >= 1e4 ? [1e3, 'kB'] : [1, 'bytes'];
  return shortRatio.format(bytes / unit[0]) + ' ' + unit[1];
}

function retentionText({retention, compacted}) {
  if (compacted) return 'the last message of each key, for ever';
  if (retention === undefined) return 'not known';
  return retention < 0 ? 'for ever' : stretch(retention);
}

const moment = time => `${dayFormat.format(time)}, ${new Date(time).toISOString().slice(11, 19)}`;

/** By how much one time is behind another. */
const behind = (time, other) => (time >= other ? 'not behind' : stretch(other - time) + ' behind');

function showStream(stream, rows) {
  const known = rows.volumes?.length > 0 ? greatest(rows.volumes.map(row => row.last_transaction), -Infinity) : null;
  const newest = Math.max(stream.newestEvent ?? -Infinity, known ?? -Infinity);
  const sums = [];
  if (newest > -Infinity) sums.push(['newest event time', moment(newest)], ['against the clock', behind(newest, stream.clock)]);
  if (known !== null) sums.push(['newest sale in a row', moment(known)]);
  if (known !== null && stream.newestEvent !== undefined) sums.push(['the rows’ lag', behind(known, stream.newestEvent)]);
  byId('stream-sums').replaceChildren(...sums.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
  byId('stream-note').textContent = stream.transactions === null
    ? 'Nothing is known of the input topic; start this server with --transactions=TOPIC to see its messages, and how far the rows are behind them.'
    : stream.newestEvent === undefined ? `${stream.transactions} has no transaction yet.`
      : 'The lag is that of event times: rows know a sale when its period closes, or with --earlyEvery before.';
  const input = topic => (topic.title === '' ? 0 : 1);
  byId('topics').tBodies[0].replaceChildren(...[...stream.topics].sort((a, b) => input(a) - input(b)).map(topic =>
    element('tr', {'data-topic': topic.name}, element('th', {scope: 'row'}, topic.name, ' ', input(topic) === 0 ? element('span', {class: 'id'}, 'input') : ''),
      cell(number(topic.messages), topic.messages),
      topic.size === undefined ? cell('–') : cell(sizeText(topic.size), topic.size),
      cell(number(topic.partitions), topic.partitions), cell(retentionText(topic)))));
  byId('topics-note').textContent = stream.topics.some(topic => topic.compacted)
    ? 'Of a compacted topic messages are those between its first and its last, some of which compaction may have taken.' : '';
}

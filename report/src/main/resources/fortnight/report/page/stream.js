// The status of the stream, its topics, and its tables.

/** A duration in words, rounded down to one unit. */
function durationText(millis) {
  const units = [[365 * DAY, 'year'], [DAY, 'day'], [DAY / 24, 'hour'], [60000, 'minute'], [1000, 'second']];
  const [size, name] = units.find(([some]) => millis >= 2 * some) ?? units.at(-1);
  return plural(Math.floor(millis / size), name);
}

function sizeText(bytes) {
  const unit = bytes >= 1e6 ? [1e6, 'MB'] : bytes >= 1e4 ? [1e3, 'kB'] : [1, 'bytes'];
  return shortRatio.format(bytes / unit[0]) + ' ' + unit[1];
}

function retentionText({retention, compacted}) {
  if (compacted) return 'compacted: the latest message of each key';
  if (retention === undefined) return 'unknown';
  return retention < 0 ? 'unlimited' : durationText(retention);
}

const moment = time => `${dayFormat.format(time)}, ${new Date(time).toISOString().slice(11, 19)}`;

/** The lag of one time behind another. */
const behind = (time, other) => (time >= other ? 'not behind' : durationText(other - time) + ' behind');

function showStream(stream, rows) {
  const inRows = rows.windows?.length > 0 ? greatest(rows.windows.map(row => row.last_transaction), -Infinity) : null;
  const latest = Math.max(stream.latestEventTime ?? -Infinity, inRows ?? -Infinity);
  const sums = [];
  if (latest > -Infinity) sums.push(['latest event time', moment(latest)], ['compared with the clock', behind(latest, stream.clock)]);
  if (inRows !== null) sums.push(['latest transaction in a row', moment(inRows)]);
  if (inRows !== null && stream.latestEventTime !== undefined) sums.push(['lag of the rows', behind(inRows, stream.latestEventTime)]);
  byId('stream-sums').replaceChildren(...sums.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));
  byId('stream-note').textContent = stream.transactions === null
    ? 'The input is not monitored. If it is a topic, start this server with --transactions to see its messages and the lag of the rows.'
    : stream.latestEventTime === undefined ? `${stream.transactions} contains no transactions yet.`
      : 'The lag is measured in event time: rows include a transaction when its period has closed, or earlier with --earlyEvery.';
  const input = topic => (topic.title === '' ? 0 : 1);
  byId('topics').tBodies[0].replaceChildren(...[...stream.topics].sort((a, b) => input(a) - input(b)).map(topic =>
    element('tr', {'data-topic': topic.name}, element('th', {scope: 'row'}, topic.name, ' ', input(topic) === 0 ? element('span', {class: 'id'}, 'input') : ''),
      cell(number(topic.messages), topic.messages),
      topic.size === undefined ? cell('–') : cell(sizeText(topic.size), topic.size),
      cell(number(topic.partitions), topic.partitions), cell(retentionText(topic)))));
  byId('topics').parentElement.hidden = stream.topics.length === 0;
  byId('tables').parentElement.hidden = stream.tables.length === 0;
  byId('tables').tBodies[0].replaceChildren(...stream.tables.map(table =>
    element('tr', {'data-table': table.name}, element('th', {scope: 'row'}, table.name), cell(number(table.rows), table.rows))));
  byId('topics-note').textContent = stream.topics.some(topic => topic.compacted)
    ? 'The number of messages of a compacted topic is the difference of its last and first offset; compaction may have removed some.' : '';
}

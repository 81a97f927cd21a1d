CREATE OR REPLACE FUNCTION iso AS moment -> formatDateTime(moment, '%Y-%m-%dT%H:%i:%S');

CREATE TEMPORARY TABLE purchases AS
SELECT toMonday(timestamp) AS week, line_items AS lines
FROM file({input:String}, JSONEachRow,
  'timestamp DateTime64(6, ''UTC''), line_items Array(Tuple(item_id Int64, quantity Int64))');

CREATE TEMPORARY TABLE items AS
SELECT week, item.item_id AS item_id, count() AS line_items, sum(item.quantity) AS units
FROM purchases ARRAY JOIN lines AS item
GROUP BY week, item_id;

CREATE TEMPORARY TABLE weeks AS
SELECT week, transactions, line_items, units
FROM (SELECT week, count() AS transactions FROM purchases GROUP BY week) AS shop
LEFT JOIN (SELECT week, sum(line_items) AS line_items, sum(units) AS units FROM items GROUP BY week) AS sold
USING (week);

INSERT INTO FUNCTION file(concat({output:String}, '/weekly-volume.jsonl'), JSONEachRow)
SELECT iso(week) AS window_start, iso(week + 7) AS window_end, transactions, line_items, units
FROM weeks ORDER BY week;

INSERT INTO FUNCTION file(concat({output:String}, '/volume-change.jsonl'), JSONEachRow)
SELECT iso(week - 7) AS previous_start, iso(week) AS current_start, iso(week + 7) AS current_end,
  lagInFrame(transactions) OVER (ORDER BY week) AS previous, transactions AS current,
  toInt64(current) - toInt64(previous) AS change, if(previous > 0, current / previous, NULL) AS ratio
FROM (
  SELECT week, transactions FROM weeks
  ORDER BY week WITH FILL STEP 7
)
ORDER BY week;

INSERT INTO FUNCTION file(concat({output:String}, '/product-volume.jsonl'), JSONEachRow)
SELECT iso(week) AS window_start, iso(week + 7) AS window_end, item_id, line_items, units
FROM items ORDER BY week, item_id;

INSERT INTO FUNCTION file(concat({output:String}, '/product-volume-change.jsonl'), JSONEachRow)
SELECT iso(week - 7) AS previous_start, iso(week) AS current_start, iso(week + 7) AS current_end, item_id,
  sum(before) AS previous, sum(now) AS current, current - previous AS change,
  if(previous > 0, current / previous, NULL) AS ratio
FROM (
  SELECT week, item_id, toInt64(0) AS before, units AS now FROM items
  UNION ALL
  SELECT week + 7, item_id, units, 0 FROM items
)
WHERE week <= (SELECT max(week) FROM weeks)
GROUP BY week, item_id
ORDER BY week, item_id;

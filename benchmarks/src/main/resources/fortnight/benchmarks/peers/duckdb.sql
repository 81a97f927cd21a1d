CREATE TEMP TABLE purchases AS
SELECT date_trunc('week', timestamp)::TIMESTAMP AS week, line_items
FROM read_json('INPUT', format = 'newline_delimited', columns = {
  timestamp: 'TIMESTAMP',
  line_items: 'STRUCT(item_id BIGINT, quantity BIGINT)[]'
});

CREATE TEMP TABLE items AS
SELECT week, item.item_id AS item_id, count(*) AS line_items, sum(item.quantity)::BIGINT AS units
FROM (SELECT week, unnest(line_items) AS item FROM purchases)
GROUP BY ALL;

CREATE TEMP TABLE weeks AS
SELECT week, transactions, coalesce(line_items, 0)::BIGINT AS line_items, coalesce(units, 0)::BIGINT AS units
FROM (SELECT week, count(*) AS transactions FROM purchases GROUP BY week)
LEFT JOIN (SELECT week, sum(line_items) AS line_items, sum(units) AS units FROM items GROUP BY week) USING (week);

CREATE TEMP TABLE calendar AS
SELECT unnest(generate_series(min(week), max(week), INTERVAL 7 DAY)) AS week FROM weeks;

CREATE TEMP MACRO iso(moment) AS strftime(moment, '%Y-%m-%dT%H:%M:%S');

COPY (
  SELECT iso(week) AS window_start, iso(week + INTERVAL 7 DAY) AS window_end, transactions, line_items, units
  FROM weeks ORDER BY week
) TO 'OUTPUT/weekly-volume.jsonl' (FORMAT json);

COPY (
  SELECT iso(week - INTERVAL 7 DAY) AS previous_start, iso(week) AS current_start,
    iso(week + INTERVAL 7 DAY) AS current_end, previous, current, current - previous AS change,
    CASE WHEN previous > 0 THEN current / previous END AS ratio
  FROM (
    SELECT calendar.week, coalesce(before.transactions, 0) AS previous, coalesce(now.transactions, 0) AS current
    FROM calendar
    LEFT JOIN weeks AS now ON now.week = calendar.week
    LEFT JOIN weeks AS before ON before.week = calendar.week - INTERVAL 7 DAY
  )
  ORDER BY week
) TO 'OUTPUT/volume-change.jsonl' (FORMAT json);

COPY (
  SELECT iso(week) AS window_start, iso(week + INTERVAL 7 DAY) AS window_end, item_id, line_items, units
  FROM items ORDER BY week, item_id
) TO 'OUTPUT/product-volume.jsonl' (FORMAT json);

COPY (
  SELECT iso(week - INTERVAL 7 DAY) AS previous_start, iso(week) AS current_start,
    iso(week + INTERVAL 7 DAY) AS current_end, item_id, previous, current, current - previous AS change,
    CASE WHEN previous > 0 THEN current / previous END AS ratio
  FROM (
    SELECT week, item_id, sum(previous)::BIGINT AS previous, sum(current)::BIGINT AS current
    FROM (
      SELECT week, item_id, 0 AS previous, units AS current FROM items
      UNION ALL
      SELECT week + INTERVAL 7 DAY, item_id, units, 0 FROM items
    )
    GROUP BY week, item_id
  )
  WHERE week <= (SELECT max(week) FROM weeks)
  ORDER BY week, item_id
) TO 'OUTPUT/product-volume-change.jsonl' (FORMAT json);

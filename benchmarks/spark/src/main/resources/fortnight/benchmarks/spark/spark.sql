CREATE TEMPORARY VIEW sales (
  timestamp TIMESTAMP,
  line_items ARRAY<STRUCT<item_id: BIGINT, quantity: BIGINT>>
) USING json OPTIONS (path 'INPUT');

CACHE TABLE purchases AS
SELECT date_trunc('week', timestamp) AS week, line_items FROM sales;

CACHE TABLE items AS
SELECT week, item.item_id AS item_id, count(*) AS line_items, sum(item.quantity) AS units
FROM (SELECT week, explode(line_items) AS item FROM purchases)
GROUP BY week, item.item_id;

CACHE TABLE weeks AS
SELECT week, transactions, coalesce(line_items, 0) AS line_items, coalesce(units, 0) AS units
FROM (SELECT week, count(*) AS transactions FROM purchases GROUP BY week)
LEFT JOIN (SELECT week, sum(line_items) AS line_items, sum(units) AS units FROM items GROUP BY week) USING (week);

CREATE TEMPORARY VIEW calendar AS
SELECT explode(sequence(min(week), max(week), INTERVAL 7 DAYS)) AS week FROM weeks;

INSERT OVERWRITE LOCAL DIRECTORY 'OUTPUT/weekly-volume' USING json OPTIONS (ignoreNullFields 'false', timestampFormat "yyyy-MM-dd'T'HH:mm:ss")
SELECT week AS window_start, week + INTERVAL 7 DAYS AS window_end, transactions, line_items, units
FROM weeks ORDER BY week;

INSERT OVERWRITE LOCAL DIRECTORY 'OUTPUT/volume-change' USING json OPTIONS (ignoreNullFields 'false', timestampFormat "yyyy-MM-dd'T'HH:mm:ss")
SELECT week - INTERVAL 7 DAYS AS previous_start, week AS current_start, week + INTERVAL 7 DAYS AS current_end,
  previous, current, current - previous AS change, CASE WHEN previous > 0 THEN current / previous END AS ratio
FROM (
  SELECT week, coalesce(transactions, 0) AS current, lag(coalesce(transactions, 0), 1, 0) OVER (ORDER BY week) AS previous
  FROM calendar LEFT JOIN weeks USING (week)
)
ORDER BY week;

INSERT OVERWRITE LOCAL DIRECTORY 'OUTPUT/product-volume' USING json OPTIONS (ignoreNullFields 'false', timestampFormat "yyyy-MM-dd'T'HH:mm:ss")
SELECT week AS window_start, week + INTERVAL 7 DAYS AS window_end, item_id, line_items, units
FROM items ORDER BY week, item_id;

INSERT OVERWRITE LOCAL DIRECTORY 'OUTPUT/product-volume-change' USING json OPTIONS (ignoreNullFields 'false', timestampFormat "yyyy-MM-dd'T'HH:mm:ss")
SELECT week - INTERVAL 7 DAYS AS previous_start, week AS current_start, week + INTERVAL 7 DAYS AS current_end, item_id,
  previous, current, current - previous AS change, CASE WHEN previous > 0 THEN current / previous END AS ratio
FROM (
  SELECT week, item_id, sum(before) AS previous, sum(now) AS current
  FROM (
    SELECT week, item_id, 0 AS before, units AS now FROM items
    UNION ALL
    SELECT week + INTERVAL 7 DAYS, item_id, units, 0 FROM items
  )
  GROUP BY week, item_id
)
WHERE week <= (SELECT max(week) FROM weeks)
ORDER BY week, item_id;

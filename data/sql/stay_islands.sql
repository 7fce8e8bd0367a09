-- One row per person, service and unbroken run of nights, overlapping stays merged.
-- first_night is the first night slept here; after_last is the day of leaving (not counted), far ahead while still here.
CREATE OR REPLACE TABLE stay_islands AS
WITH edges AS (
    SELECT person_id, service_id, start_on AS day, 1 AS step FROM stays
    UNION ALL
    SELECT person_id, service_id, coalesce(end_on, DATE '9999-01-01'), -1 FROM stays
), steps AS (
    SELECT person_id, service_id, day, sum(step)::INTEGER AS step FROM edges GROUP BY ALL
), depth AS (
    SELECT person_id, service_id, day,
           sum(step) OVER w AS here,
           lead(day) OVER w AS next_day
    FROM steps
    WINDOW w AS (PARTITION BY person_id, service_id ORDER BY day)
), pieces AS (
    SELECT person_id, service_id, day, next_day,
           lag(next_day) OVER (PARTITION BY person_id, service_id ORDER BY day) AS previous_end
    FROM depth
    WHERE here > 0 AND next_day IS NOT NULL
), numbered AS (
    SELECT *, sum(CASE WHEN previous_end = day THEN 0 ELSE 1 END)
                  OVER (PARTITION BY person_id, service_id ORDER BY day) AS island
    FROM pieces
)
SELECT person_id, service_id, min(day) AS first_night, max(next_day) AS after_last
FROM numbered
GROUP BY person_id, service_id, island;

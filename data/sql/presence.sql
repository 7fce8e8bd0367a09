-- One row per person, service and run of nights really slept here: stays merged, nights in hospital or away taken out.
-- A hospital or away row without an end lasts until the person's next stay piece ends: the person has not come back.
CREATE OR REPLACE TABLE presence AS
WITH away AS (
    SELECT person_id, service_id, from_on AS gone, coalesce(until_on + 1, DATE '9999-01-01') AS back
    FROM context
    WHERE kind IN ('hospital', 'away') AND person_id IS NOT NULL
), edges AS (
    SELECT person_id, service_id, first_night AS day, 1 AS here, 0 AS gone FROM stay_islands
    UNION ALL
    SELECT person_id, service_id, after_last, -1, 0 FROM stay_islands
    UNION ALL
    SELECT person_id, service_id, gone, 0, 1 FROM away
    UNION ALL
    SELECT person_id, service_id, back, 0, -1 FROM away
), steps AS (
    SELECT person_id, service_id, day, sum(here)::INTEGER AS here, sum(gone)::INTEGER AS gone FROM edges GROUP BY ALL
), depth AS (
    SELECT person_id, service_id, day,
           sum(here) OVER w AS here,
           sum(gone) OVER w AS gone,
           lead(day) OVER w AS next_day
    FROM steps
    WINDOW w AS (PARTITION BY person_id, service_id ORDER BY day)
)
SELECT person_id, service_id, day AS first_night, next_day AS after_last
FROM depth
WHERE here > 0 AND gone = 0 AND next_day IS NOT NULL;

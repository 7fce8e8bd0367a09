-- One row per view, with how well it is evidenced (ticks, 0 to 4) and whether one recorder wrote most of the quarter.
CREATE OR REPLACE TABLE view_facts AS
WITH counted AS (
    SELECT service_id, date_trunc('quarter', given_on) AS quarter, recorded_by, count(*) AS written
    FROM views WHERE recorded_by IS NOT NULL AND recorded_by <> ''
    GROUP BY ALL
), busiest AS (
    SELECT service_id, quarter, arg_max(recorded_by, (written, recorded_by)) AS recorder FROM counted GROUP BY ALL
)
SELECT v.*,
       ((v.how_sought NOT IN ('not_asked', 'not_recorded'))::INTEGER
        + (v.understood IN ('yes', 'partly', 'no', 'not_possible'))::INTEGER
        + (v.stance IN ('agree', 'disagree', 'mixed', 'no_view'))::INTEGER
        + (v.used IN ('adopted', 'adapted', 'not_adopted'))::INTEGER)::VARCHAR AS ticks,
       CASE WHEN v.recorded_by IS NULL OR v.recorded_by = '' THEN 'not_recorded'
            WHEN v.recorded_by = b.recorder THEN 'yes' ELSE 'no' END AS by_main_recorder
FROM views v
LEFT JOIN busiest b ON b.service_id = v.service_id AND b.quarter = date_trunc('quarter', v.given_on);

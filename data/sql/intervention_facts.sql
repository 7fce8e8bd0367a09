-- One row per intervention, with when its main outcome was declared: before, after (follow-up had begun) or none.
CREATE VIEW intervention_facts AS
WITH main AS (
    SELECT intervention_id, min(declared_on) AS declared_on, min(follow_from) AS follow_from
    FROM declarations WHERE role = 'main' GROUP BY ALL
)
SELECT i.*,
       CASE WHEN m.intervention_id IS NULL THEN 'none'
            WHEN m.declared_on <= coalesce(
                     m.follow_from,
                     i.start_on + coalesce(i.settling_days, CASE WHEN i.person_id IS NULL THEN 28 ELSE 14 END)::INTEGER)
                 THEN 'before'
            ELSE 'after' END AS declared
FROM interventions i
LEFT JOIN main m USING (intervention_id);

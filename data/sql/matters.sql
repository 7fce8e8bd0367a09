-- One row per matter: one decision, or one plan element of one person. Whose views shaped it, all as yes or no.
CREATE OR REPLACE TABLE matters AS
WITH named AS (
    SELECT service_id, person_id, decision_id, NULL AS element, decided_on AS dated FROM decisions
    UNION ALL
    SELECT service_id, person_id, decision_id, CASE WHEN decision_id IS NULL THEN lower(element) END, given_on FROM views
    UNION ALL
    SELECT service_id, person_id, NULL, lower(element), CAST(coalesce(done_at, due_on) AS DATE)
    FROM checks WHERE measure = 'element_delivered' AND element IS NOT NULL AND person_id IS NOT NULL
), matter AS (
    SELECT service_id, person_id, decision_id, element, min(dated) AS dated
    FROM named GROUP BY service_id, person_id, decision_id, element
), heard AS (
    SELECT m.service_id, m.person_id, m.decision_id, m.element, m.dated,
           count(v.view_id) AS views,
           coalesce(bool_or(v.voice = 'person' AND v.how_sought NOT IN ('not_asked', 'not_recorded')), FALSE) AS person_heard,
           coalesce(bool_or(v.voice = 'family' AND v.how_sought NOT IN ('not_asked', 'not_recorded')), FALSE) AS family_heard,
           coalesce(bool_or(v.voice = 'staff' AND v.how_sought NOT IN ('not_asked', 'not_recorded')), FALSE) AS staff_heard,
           coalesce(bool_or(v.how_sought = 'life_history'), FALSE) AS life_history,
           coalesce(bool_and(v.own_entry <> 'no'), FALSE) AS apart,
           arg_max(v.stance, (v.given_on, v.view_id)) FILTER (
               v.voice = 'person' AND v.stance IN ('agree', 'disagree', 'mixed')) AS person_stance,
           arg_max(v.stance, (v.given_on, v.view_id)) FILTER (
               v.voice = 'family' AND v.stance IN ('agree', 'disagree', 'mixed')) AS family_stance
    FROM matter m
    LEFT JOIN views v
      ON v.service_id = m.service_id AND v.person_id = m.person_id
     AND ((m.decision_id IS NOT NULL AND v.decision_id = m.decision_id)
       OR (m.decision_id IS NULL AND v.decision_id IS NULL AND lower(v.element) = m.element))
    GROUP BY ALL
)
SELECT h.service_id, h.person_id, h.decision_id, h.element, h.dated,
       CASE WHEN person_heard THEN 'yes' ELSE 'no' END AS person_heard,
       CASE WHEN family_heard THEN 'yes' ELSE 'no' END AS family_heard,
       CASE WHEN staff_heard THEN 'yes' ELSE 'no' END AS staff_heard,
       CASE WHEN person_heard AND family_heard AND staff_heard THEN 'yes' ELSE 'no' END AS all_three,
       CASE WHEN family_heard AND NOT person_heard AND NOT staff_heard THEN 'yes' ELSE 'no' END AS family_only,
       CASE WHEN person_heard AND family_heard AND apart THEN 'yes' ELSE 'no' END AS kept_apart,
       CASE WHEN life_history THEN 'yes' ELSE 'no' END AS life_history,
       CASE WHEN views > 0 AND d.decider IS NOT NULL AND d.decider <> 'not_recorded' THEN 'yes' ELSE 'no' END AS traced,
       CASE WHEN person_stance IS NOT NULL AND family_stance IS NOT NULL
                 THEN CASE WHEN person_stance = family_stance THEN 'same' ELSE 'differ' END
            WHEN person_stance IS NOT NULL OR family_stance IS NOT NULL THEN 'one_only'
            ELSE 'none' END AS person_family,
       coalesce(d.followed, 'not_recorded') AS followed,
       coalesce(d.class, 'not_recorded') AS class,
       coalesce(d.risk, 'not_recorded') AS risk,
       coalesce(d.domain, 'not_recorded') AS domain,
       concat_ws('|', h.service_id, h.person_id, h.decision_id, h.element) AS row_key
FROM heard h
LEFT JOIN decisions d ON d.decision_id = h.decision_id AND d.service_id = h.service_id;

-- One row per fall. Where a service sends a falls table it counts, and incident rows of kind fall are copies;
-- where it does not, the incident rows are the falls.
CREATE OR REPLACE VIEW fall_events AS
SELECT fall_id, person_id, service_id, occurred_at, time_precision, recorded_at, recorded_by, harm, injury,
       location, doing, seen, hospital, row_key, 'falls' AS came_from
FROM falls
UNION ALL
SELECT incident_id, person_id, service_id, occurred_at, time_precision, recorded_at, recorded_by, harm,
       'not_recorded', location, 'not_recorded', 'not_recorded', 'not_recorded', row_key, 'incidents'
FROM incidents
WHERE kind = 'fall' AND service_id NOT IN (SELECT service_id FROM fall_services);

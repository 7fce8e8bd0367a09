-- One row per service that sends a falls table of its own.
CREATE OR REPLACE TABLE fall_services AS
SELECT DISTINCT service_id FROM falls;

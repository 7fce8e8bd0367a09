-- The services that send a falls table of their own.
CREATE OR REPLACE TABLE fall_services AS
SELECT DISTINCT service_id FROM falls;

-- One row per decision, with whether the record is complete: capacity, consulted, wishes, less restrictive, decider.
CREATE VIEW decision_facts AS
SELECT *,
       CASE WHEN capacity IN ('has', 'fluctuates', 'lacks')
             AND consulted <> 'not_recorded' AND wishes_considered <> 'not_recorded'
             AND less_restrictive <> 'not_recorded' AND decider <> 'not_recorded'
            THEN 'yes' ELSE 'no' END AS complete
FROM decisions;

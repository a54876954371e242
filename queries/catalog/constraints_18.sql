-- One row is a constraint that is temporal or not enforced (since 18).
SELECT k.oid, k.conperiod, k.conenforced
FROM pg_catalog.pg_constraint k
WHERE k.conperiod OR NOT k.conenforced

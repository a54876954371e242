DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE sales (id int, region text, amount numeric, at date);
CREATE MATERIALIZED VIEW by_region AS SELECT region, sum(amount) AS total FROM sales GROUP BY region;
CREATE MATERIALIZED VIEW top AS SELECT region FROM by_region WHERE total > 100;
CREATE UNIQUE INDEX ON by_region (region);
CREATE VIEW report AS SELECT * FROM by_region JOIN top USING (region);
GRANT SELECT ON report, top TO drift_a;

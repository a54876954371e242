DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$;
CREATE TABLE sales (id bigint, region varchar(20), amount numeric(14,2), at timestamptz);
CREATE MATERIALIZED VIEW by_region AS SELECT region, date_trunc('month', at) AS month, sum(amount) AS total FROM sales GROUP BY 1, 2;
CREATE MATERIALIZED VIEW top AS SELECT region FROM by_region WHERE total > 100;
CREATE UNIQUE INDEX ON by_region (region, month);
CREATE VIEW report AS SELECT * FROM by_region JOIN top USING (region);
GRANT SELECT ON report, top, by_region TO drift_a;

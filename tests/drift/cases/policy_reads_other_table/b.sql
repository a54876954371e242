CREATE TABLE m (id bigint);
CREATE TABLE t (a bigint);
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM m WHERE m.id = t.a));

CREATE SCHEMA audit;
CREATE TABLE audit.log (id bigint GENERATED ALWAYS AS IDENTITY, tbl regclass, op char(1), old jsonb, new jsonb, at timestamptz DEFAULT clock_timestamp(), who text DEFAULT current_user) PARTITION BY RANGE (at);
CREATE TABLE audit.log_default PARTITION OF audit.log DEFAULT;
CREATE FUNCTION audit.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ begin insert into audit.log(tbl, op, old, new) values (tg_relid, left(tg_op, 1), to_jsonb(old), to_jsonb(new)); return coalesce(new, old); end $$;
CREATE TABLE accounts (id int PRIMARY KEY, balance numeric NOT NULL DEFAULT 0, version int NOT NULL DEFAULT 1);
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION audit.record();
ALTER TABLE accounts ENABLE ALWAYS TRIGGER audit;

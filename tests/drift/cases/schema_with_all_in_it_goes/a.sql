CREATE SCHEMA app;
CREATE TABLE app.t (id serial PRIMARY KEY);
CREATE TABLE app.u (t int REFERENCES app.t);
CREATE VIEW public.v AS SELECT id FROM app.t;
CREATE TYPE app.e AS ENUM ('a');
CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'begin return null; end';
CREATE TABLE keep (e app.e, n int DEFAULT nextval('app.t_id_seq'));
CREATE TRIGGER tr AFTER INSERT ON keep FOR EACH ROW EXECUTE FUNCTION app.f();

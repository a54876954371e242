DROP SCHEMA public;
CREATE SCHEMA public;
CREATE TABLE public.t (a int);

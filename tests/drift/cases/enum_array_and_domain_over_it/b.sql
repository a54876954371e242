CREATE TYPE mood AS ENUM ('b','a');
CREATE DOMAIN dm AS mood DEFAULT 'a';
CREATE TABLE t (id int, m mood[] DEFAULT ARRAY['a'::mood], d dm);

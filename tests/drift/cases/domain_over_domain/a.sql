CREATE DOMAIN small AS int CHECK (VALUE < 100);
CREATE DOMAIN tiny AS small CHECK (VALUE < 10);
CREATE TABLE t (a tiny, b small);

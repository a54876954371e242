-- since 15
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, s serial);

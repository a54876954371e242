CREATE TABLE t (a int, b int CHECK (b > 0)); COMMENT ON TABLE t IS E'back\\slash \'q\' "dq" $$ $1 %s\nnew\r\n\ttab é 😀'; COMMENT ON COLUMN t.a IS ''; COMMENT ON CONSTRAINT t_b_check ON t IS '--';

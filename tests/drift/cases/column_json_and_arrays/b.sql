CREATE TABLE t (a jsonb, b jsonb, c text[], d text, e bigint[], f text[]);

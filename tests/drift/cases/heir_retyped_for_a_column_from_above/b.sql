CREATE TYPE k AS ENUM ('green', 'old');
CREATE TABLE t (a int, c k[], d bigint);
CREATE TABLE heir (c k[], d bigint) INHERITS (t);

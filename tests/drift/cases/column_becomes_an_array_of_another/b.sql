CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (a integer[], b mood[], c integer[], d bigint[], e text[], f mood[]);

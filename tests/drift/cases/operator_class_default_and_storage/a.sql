CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE OPERATOR CLASS oc FOR TYPE int4 USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int4);
CREATE OPERATOR CLASS bc FOR TYPE point USING gist AS OPERATOR 11 |>> (point, point), FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal), FUNCTION 3 gist_point_compress(internal), STORAGE box;
CREATE TABLE t (a int, p point);
CREATE INDEX t_a ON t USING hash (a oc);
CREATE INDEX t_p ON t USING gist (p bc);

CREATE TEXT SEARCH DICTIONARY d1 (template = simple, accept = false);
CREATE TEXT SEARCH DICTIONARY d2 (template = simple, stopwords = english);
CREATE TEXT SEARCH DICTIONARY d3 (template = snowball, language = 'german', stopwords = german);
COMMENT ON TEXT SEARCH DICTIONARY d3 IS 'x';
CREATE TEXT SEARCH CONFIGURATION c (parser = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d1, d3;
CREATE TABLE t (a text);
CREATE INDEX t_a ON t USING gin (to_tsvector('c', a));
CREATE VIEW v AS SELECT to_tsvector('c', a) AS x FROM t;

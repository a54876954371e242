CREATE TEXT SEARCH PARSER p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION c (parser = p);
CREATE TEXT SEARCH DICTIONARY d (template = ispell, dictfile = ispell_sample, afffile = ispell_sample);
CREATE TABLE t (a text);
CREATE INDEX t_a ON t USING gin (to_tsvector('c', a));

CREATE TEXT SEARCH PARSER p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE te (lexize = dsimple_lexize, init = dsimple_init);
CREATE TEXT SEARCH DICTIONARY d (template = te);
CREATE TEXT SEARCH CONFIGURATION c (parser = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'kept';

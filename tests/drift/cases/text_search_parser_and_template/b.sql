CREATE TEXT SEARCH PARSER p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
CREATE TEXT SEARCH TEMPLATE te (lexize = dsimple_lexize);
COMMENT ON TEXT SEARCH PARSER p IS 'x';
COMMENT ON TEXT SEARCH TEMPLATE te IS 'x';
CREATE TEXT SEARCH DICTIONARY d (template = te);
CREATE TEXT SEARCH CONFIGURATION c (parser = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'kept';

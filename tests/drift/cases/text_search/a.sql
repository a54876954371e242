CREATE TEXT SEARCH DICTIONARY d (template = simple, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION c (copy = english);

CREATE TABLE t (a timestamp, b date, c timestamptz(3), d time, e interval, f timestamp DEFAULT now());

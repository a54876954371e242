CREATE FUNCTION handles_too() RETURNS fdw_handler LANGUAGE internal AS 'heap_tableam_handler';
CREATE FOREIGN DATA WRAPPER w HANDLER handles_too;
CREATE SERVER s FOREIGN DATA WRAPPER w;

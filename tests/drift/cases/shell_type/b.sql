COMMENT ON SCHEMA public IS 'other';

-- One row is a foreign data wrapper.
SELECT w.oid,
    w.fdwname,
    w.fdwowner,
    w.fdwhandler::pg_catalog.regproc::text,
    w.fdwvalidator::pg_catalog.regproc::text,
    w.fdwoptions
FROM pg_catalog.pg_foreign_data_wrapper w

-- The trigger function of moddatetime 1.0: the column that the trigger names becomes the time of the transaction.

CREATE FUNCTION moddatetime() RETURNS trigger LANGUAGE plpgsql PARALLEL UNSAFE
AS $$
BEGIN
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], now()));
END
$$;

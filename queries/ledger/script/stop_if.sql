-- Ends the script with a sentence.
    IF {condition} THEN
        RAISE EXCEPTION USING
            MESSAGE = {message},
            HINT = {hint};
    END IF;

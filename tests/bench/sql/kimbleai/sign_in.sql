-- A transaction of somebody who has signed in and is no admin, as PostgREST begins one.
BEGIN;
SET LOCAL ROLE authenticated;
SELECT set_config('request.jwt.claims', '{"role": "authenticated", "email": "user@example.com"}', true);

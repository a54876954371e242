-- A row is how many accounts are locked now: one in all.
SELECT count(*) AS locked
FROM public.users AS u
WHERE u.account_locked_until > now()
    AND (%(user)s::uuid IS NULL OR u.id = %(user)s)

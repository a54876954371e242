"""Images and their queue, and the audit trail: the plain statements."""

_IN = "BETWEEN %(since)s AND %(until)s"
_SPEED = """
    CASE
        WHEN cache_hit THEN 'cached' WHEN processing_time_ms < 1000 THEN 'fast'
        WHEN processing_time_ms < 5000 THEN 'normal' ELSE 'slow'
    END
"""
_SHARE = """
    SELECT round(100.0 * sum(cache_hit::int) / count(*), 2) FROM public.analysis_results
    WHERE created_at >= {} AND created_at < {}
"""

NEGATIVE_SPACE = {
    "waiting": """
        SELECT count(*) AS waiting FROM public.processing_queue WHERE status::text IN ('queued', 'retrying')""",
    "pipeline": f"""
        SELECT
            count(*) AS uploaded, sum((analysis_status = 'failed')::int) AS failed,
            sum((analysis_status = 'archived')::int) AS archived,
            sum((EXISTS (SELECT FROM public.analysis_results AS r WHERE r.image_id = i.id))::int) AS analysed
        FROM public.images AS i WHERE uploaded_at {_IN}""",
    "cached": f"""
        SELECT
            ({_SHARE.format("%(since)s", "%(until)s")}) AS hits,
            ({_SHARE.format("%(since)s - (%(until)s - %(since)s)", "%(since)s")}) AS before""",
    "queue": """
        SELECT
            status AS state, count(*) AS images, min(created_at) AS "oldest from",
            round(avg(extract(EPOCH FROM completed_at - started_at)), 3) AS "mean work"
        FROM public.processing_queue GROUP BY 1 ORDER BY 1""",
    "stages": "SELECT analysis_status AS state, count(*) AS images FROM public.images GROUP BY 1 ORDER BY 1",
    "speed": f"""
        WITH told AS (
            SELECT
                recorded_at, sample_count::numeric AS n, percentile_p50 AS p50, percentile_p95 AS p95,
                percentile_p99 AS p99
            FROM public.performance_metrics
            WHERE metric_name = %(metric)s AND recorded_at {_IN}
        ),
        numbered AS (
            SELECT
                told.*,
                floor(extract(EPOCH FROM recorded_at - b.at) / extract(EPOCH FROM (%(until)s - b.at) / 200)) AS step,
                b.at, (%(until)s - b.at) / 200 AS width
            FROM told, (SELECT min(recorded_at) AS at FROM told) AS b
        )
        SELECT
            min(at + width * step::float8) AS at, p.word AS percentile,
            sum(n * CASE p.word WHEN 'p50' THEN p50 WHEN 'p95' THEN p95 ELSE p99 END) / sum(n) / 1000 AS value
        FROM numbered, (VALUES ('p50'), ('p95'), ('p99')) AS p (word) GROUP BY step, p.word ORDER BY 1, 2""",
    "classes": f"""
        SELECT day, class, count(*) AS analyses
        FROM (
            SELECT date_trunc('day', created_at, 'UTC') AS day, {_SPEED} AS class
            FROM public.analysis_results WHERE created_at {_IN}
        ) AS r GROUP BY 1, 2 ORDER BY 1, 2""",
    "days": f"""
        SELECT date_trunc('day', uploaded_at, 'UTC') AS day, analysis_status AS outcome, count(*) AS images
        FROM public.images WHERE uploaded_at {_IN} GROUP BY 1, 2 ORDER BY 1, 2""",
    "reasons": f"""
        SELECT failure_reason AS reason, count(*) AS images FROM public.images
        WHERE analysis_status = 'failed' AND uploaded_at {_IN} GROUP BY 1 ORDER BY 2 DESC, 1""",
    "limits": f"""
        SELECT name AS key, rate_limit_per_minute AS "a minute", 0 AS used, r.refused, total_requests AS requests
        FROM public.api_keys AS k CROSS JOIN LATERAL (
            SELECT count(*) AS refused FROM public.security_audit AS a
            WHERE a.user_id = k.user_id AND action = 'api_call' AND status = 'failure' AND "timestamp" {_IN}
        ) AS r ORDER BY 4 DESC, 5 DESC, id""",
    "copies": """
        SELECT
            o.file_name AS image, count(*) AS copies, o.file_size AS size, sum(c.file_size) AS wasted,
            max(c.uploaded_at) AS latest
        FROM public.images AS c JOIN public.images AS o ON o.id = c.duplicate_of
        GROUP BY o.id ORDER BY 4 DESC, o.id LIMIT 200""",
}

_LOG = f"""SELECT * FROM public.security_audit
    WHERE "timestamp" {_IN} AND coalesce(user_id = %(user)s::uuid, %(user)s::uuid IS NULL)"""
_TWICE = """
    SELECT
        {0} FILTER (WHERE "timestamp" >= %(since)s) AS value, {0} FILTER (WHERE "timestamp" < %(since)s) AS before
    FROM public.security_audit
    WHERE "timestamp" BETWEEN %(since)s - (%(until)s - %(since)s) AND %(until)s
        AND coalesce(user_id = %(user)s::uuid, %(user)s::uuid IS NULL) AND {1}
"""

AUDIT = {
    "today": """
        SELECT d AS day, count(a.id) AS entries
        FROM generate_series(date_trunc('day', now(), 'UTC') - interval '14 days', now(), interval '1 day') AS d
        LEFT JOIN public.security_audit AS a
            ON date_trunc('day', a."timestamp", 'UTC') = d
            AND coalesce(a.user_id = %(user)s::uuid, %(user)s::uuid IS NULL)
        GROUP BY d ORDER BY d""",
    "active": _TWICE.format("count(DISTINCT user_id)", "true"),
    "failures": _TWICE.format("count(*)", "status::text = 'failure'"),
    "locked": """
        SELECT count(account_locked_until) AS locked FROM public.users
        WHERE account_locked_until > now() AND coalesce(id = %(user)s::uuid, true)""",
    "days": f"""
        SELECT date_trunc('day', "timestamp", 'UTC') AS day, status AS outcome, count(*) AS entries
        FROM ({_LOG}) AS l GROUP BY 1, 2 ORDER BY 1, 2""",
    "hours": f"""
        SELECT to_char(h, 'FM00') AS hour, to_char(date '2024-01-01' + d, 'Dy') AS day, count(l.id) AS entries
        FROM generate_series(0, 6) AS d CROSS JOIN generate_series(0, 23) AS h
        LEFT JOIN ({_LOG}) AS l
            ON to_char(l."timestamp" AT TIME ZONE 'UTC', 'IDHH24') = (d + 1) || to_char(h, 'FM00')
        GROUP BY d, h ORDER BY d, h""",
    "people": """
        SELECT
            u.email AS person, sum((status = 'failure')::int) AS failed, count(*) AS entries,
            count(DISTINCT action) AS actions, max("timestamp") AS latest
        FROM public.security_audit AS a JOIN public.users AS u ON u.id = a.user_id
        WHERE coalesce(u.id = %(user)s::uuid, true) GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT 200""",
    "queue": "SELECT status AS state, count(*) AS images FROM public.processing_queue GROUP BY 1 ORDER BY 1",
    "feed": """
        SELECT
            a."timestamp" AS at, a.action, u.email AS person, a.status AS outcome, a.resource_type AS what,
            split_part(a.ip_address::text, '/', 1) AS "from", a.error_message AS message
        FROM (SELECT * FROM public.security_audit ORDER BY "timestamp" DESC, id DESC LIMIT 1000) AS a
        LEFT JOIN public.users AS u ON u.id = a.user_id
        WHERE coalesce(a.user_id = %(user)s::uuid, %(user)s::uuid IS NULL)
        ORDER BY 1 DESC, a.id DESC LIMIT 100""",
    "doubts": f"""
        SELECT
            (SELECT email FROM public.users AS u WHERE u.id = l.user_id) AS account, count(*) AS refused,
            split_part(ip_address::text, '/', 1) AS "from", max("timestamp") AS latest
        FROM ({_LOG}) AS l WHERE error_message = 'wrong password'
        GROUP BY user_id, 3 ORDER BY 2 DESC, 4 DESC, 1 LIMIT 100""",
    "makers": """
        SELECT
            u.email AS person, u.role, (SELECT count(*) FROM public.images WHERE user_id = u.id) AS images,
            (SELECT count(*) FROM public.analysis_results WHERE user_id = u.id) AS analyses
        FROM public.users AS u
        WHERE u.id IN (SELECT user_id FROM public.images UNION SELECT user_id FROM public.analysis_results)
            AND coalesce(u.id = %(user)s::uuid, true)
        ORDER BY 3 DESC, 1 LIMIT 200""",
    "actions": f"SELECT action, count(*) AS entries FROM ({_LOG}) AS l GROUP BY 1 ORDER BY 2 DESC, 1",
}

"""Cost, activity and what people have: the plain statements."""

_CALLS = """
    SELECT user_id, model, endpoint, cost_usd, "timestamp" AS t FROM public.api_cost_tracking
    WHERE "timestamp" >= date_trunc('day', %(since)s, 'UTC') AND "timestamp" < %(until)s
        AND coalesce(user_id = %(user)s, true)
"""
_MONTH = """
    SELECT user_id, cost_usd FROM public.api_cost_tracking
    WHERE date_trunc('month', "timestamp", 'UTC') = date_trunc('month', now(), 'UTC')
        AND coalesce(user_id = %(user)s, true)
"""

COST = {
    "month": f"""
        SELECT (SELECT coalesce(sum(cost_usd), 0) FROM ({_MONTH}) AS m) AS value, sum(cost_usd) AS before
        FROM public.api_cost_tracking
        WHERE date_trunc('month', "timestamp", 'UTC') = date_trunc('month', now(), 'UTC') - interval '1 month'
            AND "timestamp" < now() - interval '1 month' AND coalesce(user_id = %(user)s, true)""",
    "today": """
        SELECT d AS day, coalesce(sum(s.total_cost_usd), 0) AS spent
        FROM generate_series(
            date_trunc('day', now(), 'UTC') - interval '7 days', now(), interval '1 day'
        ) AS d
        LEFT JOIN public.daily_cost_summary AS s ON s.day = d AND coalesce(s.user_id = %(user)s, true)
        GROUP BY d ORDER BY d""",
    "budgets": f"""
        SELECT u.name AS label, coalesce(m.spent, 0) AS value, b.monthly_limit AS "limit", '50, 80, 100' AS mark
        FROM public.users AS u JOIN public.budget_config AS b ON b.user_id = u.id
        LEFT JOIN (SELECT user_id, sum(cost_usd) AS spent FROM ({_MONTH}) AS m GROUP BY 1) AS m ON m.user_id = u.id
        WHERE coalesce(u.id = %(user)s, true)
        ORDER BY coalesce(m.spent, 0) / b.monthly_limit DESC, 2 DESC, 1""",
    "days": f"""
        SELECT d AS day, coalesce(sum(c.cost_usd), 0) AS cost
        FROM generate_series(date_trunc('day', %(since)s, 'UTC'), %(until)s, interval '1 day') AS d
        LEFT JOIN ({_CALLS}) AS c ON date_trunc('day', c.t, 'UTC') = d
        GROUP BY 1 ORDER BY 1""",
    "models": f"SELECT model AS name, sum(cost_usd) AS cost FROM ({_CALLS}) AS c GROUP BY 1 ORDER BY 2 DESC",
    "people": f"""
        SELECT u.name AS person, sum(c.cost_usd) AS cost
        FROM ({_CALLS}) AS c JOIN public.users AS u ON u.id = c.user_id GROUP BY 1 ORDER BY 2 DESC""",
    "endpoints": f"SELECT endpoint AS name, sum(cost_usd) AS cost FROM ({_CALLS}) AS c GROUP BY 1 ORDER BY 2 DESC",
    "calls": """
        SELECT
            g.cost_usd AS cost, g."timestamp" AS at, u.name AS person, g.model, g.endpoint,
            g.input_tokens AS "tokens in", g.output_tokens AS "tokens out"
        FROM public.get_top_expensive_calls(6000, 90) AS g JOIN public.users AS u ON u.id = g.user_id
        WHERE g."timestamp" >= %(since)s AND coalesce(g.user_id = %(user)s, true)
        ORDER BY 1 DESC, 2 DESC LIMIT 20""",
    "alerts": """
        SELECT
            a."timestamp" AS at, u.name AS person, percent_used AS used, period, severity, spent_usd AS spent,
            limit_usd AS "limit", message
        FROM public.budget_alerts AS a JOIN public.users AS u ON u.id = a.user_id
        WHERE acknowledged IS FALSE AND coalesce(user_id = %(user)s, true) ORDER BY 1 DESC""",
}

_LOGS = """
    SELECT * FROM public.activity_logs
    WHERE created_at >= %(since)s AND created_at < %(until)s AND coalesce(user_id = %(user)s, true)
"""
_TWICE = """
    SELECT count(*) FILTER (WHERE t >= %(since)s) AS value, count(*) FILTER (WHERE t < %(since)s) AS before
    FROM ({}) AS l WHERE t >= %(since)s - (%(until)s - %(since)s) AND t < %(until)s
"""
_REFUSED = """
    SELECT *, created_at AS t FROM public.auth_logs
    WHERE NOT success AND coalesce(user_id = %(user)s, true)
"""

ACTIVITY = {
    "today": """
        SELECT d AS day, count(a.id) AS actions
        FROM generate_series(date_trunc('day', now(), 'UTC') - interval '14 days', now(), interval '1 day') AS d
        LEFT JOIN public.activity_logs AS a
            ON date_trunc('day', a.created_at, 'UTC') = d AND coalesce(a.user_id = %(user)s, true)
        GROUP BY d ORDER BY d""",
    "active": """
        SELECT
            (SELECT count(DISTINCT user_id) FROM public.activity_logs
            WHERE created_at BETWEEN %(since)s AND %(until)s AND coalesce(user_id = %(user)s, true)) AS value,
            (SELECT count(DISTINCT user_id) FROM public.activity_logs
            WHERE created_at BETWEEN %(since)s - (%(until)s - %(since)s) AND %(since)s
                AND coalesce(user_id = %(user)s, true)) AS before""",
    "failed": _TWICE.format(_REFUSED),
    "hooks": _TWICE.format("""
        SELECT received_at AS t FROM public.zapier_webhook_logs
        WHERE status_code <> 200 AND coalesce(user_id = %(user)s, %(user)s::text IS NULL)
    """),
    "days": f"""
        SELECT date_trunc('day', created_at, 'UTC') AS day, action_type AS action, count(*) AS actions
        FROM ({_LOGS}) AS l GROUP BY 1, 2 ORDER BY 1, 2""",
    "hours": f"""
        SELECT to_char(h, 'FM00') AS hour, to_char(date '2024-01-01' + d, 'Dy') AS day, count(l.id) AS actions
        FROM generate_series(0, 6) AS d CROSS JOIN generate_series(0, 23) AS h
        LEFT JOIN ({_LOGS}) AS l
            ON to_char(l.created_at AT TIME ZONE 'UTC', 'IDHH24') = (d + 1) || to_char(h, 'FM00')
        GROUP BY d, h ORDER BY d, h""",
    "people": """
        SELECT
            u.name AS person, count(*) AS actions, count(DISTINCT (a.created_at AT TIME ZONE 'UTC')::date) AS days,
            max((a.created_at AT TIME ZONE 'UTC')::date) AS latest
        FROM public.activity_logs AS a JOIN public.users AS u ON u.id = a.user_id
        WHERE a.created_at >= date_trunc('day', now(), 'UTC') - interval '29 days'
            AND coalesce(a.user_id = %(user)s, true)
        GROUP BY 1 ORDER BY 2 DESC""",
    "states": """
        SELECT what, count(*) AS items, min(t) AS "oldest from"
        FROM (
            SELECT concat('files ', status) AS what, created_at AS t, user_id FROM public.files
            UNION ALL
            SELECT concat('tasks ', status), created_at, assignee_id FROM public.project_tasks
            UNION ALL
            SELECT concat('webhooks ', CASE success WHEN true THEN 'done' ELSE 'failed' END), received_at, user_id
            FROM public.zapier_webhook_logs WHERE received_at BETWEEN %(since)s AND %(until)s
        ) AS l
        WHERE coalesce(user_id = %(user)s, %(user)s::text IS NULL)
        GROUP BY 1 ORDER BY 1""",
    "feed": """
        SELECT
            l.created_at AS at, u.name AS person, action_type AS action, resource_type AS what,
            coalesce(resource_name, l.metadata ->> 'query') AS name
        FROM (SELECT * FROM public.activity_logs ORDER BY created_at DESC LIMIT 100) AS l
        JOIN public.users AS u ON u.id = l.user_id
        WHERE coalesce(l.user_id = %(user)s, true) ORDER BY 1 DESC, l.id DESC""",
    "doubts": f"""
        SELECT
            email AS account, count(*) AS refused, split_part(ip_address::text, '/', 1) AS "from",
            sum((event_type = 'signin_blocked')::int) AS blocked, max(t) AS latest
        FROM ({_REFUSED}) AS l WHERE t >= %(since)s AND t < %(until)s
        GROUP BY 1, 3 ORDER BY 2 DESC, 5 DESC""",
}

KIMBLEAI = {
    "stats": """
        SELECT
            (SELECT count(*) FROM public.users WHERE coalesce(id = %(user)s, true)) AS people,
            (SELECT count(*) FROM public.projects WHERE coalesce(owner_id = %(user)s, true)) AS projects,
            (SELECT count(*) FROM public.conversations WHERE coalesce(user_id = %(user)s, true)) AS conversations,
            (SELECT count(*) FROM public.knowledge_base WHERE coalesce(user_id = %(user)s, true)) AS knowledge,
            (SELECT count(*) FROM public.files WHERE coalesce(user_id = %(user)s, true)) AS files,
            (SELECT count(*) FROM public.audio_transcriptions
            WHERE coalesce(user_id = %(user)s, true)) AS recordings""",
    "people": """
        SELECT
            name AS person, (SELECT count(*) FROM public.conversations WHERE user_id = u.id) AS conversations,
            (SELECT count(*) FROM public.knowledge_base WHERE user_id = u.id) AS knowledge,
            (SELECT count(*) FROM public.files WHERE user_id = u.id) AS files,
            (SELECT count(*) FROM public.audio_transcriptions WHERE user_id = u.id) AS recordings,
            (SELECT sum(size_bytes) FROM public.files WHERE user_id = u.id) AS stored
        FROM public.users AS u WHERE coalesce(id = %(user)s, true)
        ORDER BY greatest(
            (SELECT max(created_at) FROM public.activity_logs WHERE user_id = u.id),
            (SELECT max(last_message_at) FROM public.conversations WHERE user_id = u.id),
            (SELECT max(created_at) FROM public.files WHERE user_id = u.id),
            (SELECT max(created_at) FROM public.audio_transcriptions WHERE user_id = u.id),
            (SELECT max(created_at) FROM public.knowledge_base WHERE user_id = u.id)
        ) DESC""",
    "categories": """
        SELECT c.name AS category, l.what, count(l.category_id) AS items
        FROM public.content_categories AS c
        CROSS JOIN (VALUES (1, 'knowledge'), (2, 'conversations'), (3, 'recordings'), (4, 'projects')) AS w (n, what)
        LEFT JOIN LATERAL (
            SELECT w.what, category_id FROM public.knowledge_base WHERE n = 1
            UNION ALL SELECT w.what, category_id FROM public.conversations WHERE n = 2
            UNION ALL SELECT w.what, category_id FROM public.audio_transcriptions WHERE n = 3
            UNION ALL SELECT w.what, category_id FROM public.projects WHERE n = 4
            UNION ALL SELECT w.what, NULL
        ) AS l ON coalesce(l.category_id = c.id, true)
        GROUP BY c.name, w.n, l.what
        ORDER BY sum(count(l.category_id)) OVER (PARTITION BY c.name) DESC, c.name, w.n""",
    "talk": """
        SELECT w AS week, count(c.id) AS messages
        FROM generate_series(
            (SELECT date_trunc('week', min(created_at), 'UTC') FROM public.messages), now(), interval '1 week'
        ) AS w
        LEFT JOIN (public.messages AS m JOIN public.conversations AS c ON c.id = m.conversation_id)
            ON m.created_at >= w AND m.created_at < w + interval '1 week' AND coalesce(m.user_id = %(user)s, true)
            AND coalesce(c.project_id = %(project)s, %(project)s::text IS NULL)
        GROUP BY 1 ORDER BY 1""",
    "tasks": """
        SELECT priority, status, count(*) AS tasks FROM public.project_tasks
        WHERE coalesce(assignee_id = %(user)s, %(user)s::text IS NULL) AND coalesce(project_id = %(project)s, true)
        GROUP BY 1, 2
        ORDER BY
            CASE priority WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END,
            CASE status WHEN 'done' THEN 1 WHEN 'doing' THEN 2 ELSE 3 END""",
    "files": """
        SELECT
            file_type AS type, sum(size_bytes) AS size, count(*) AS files, avg(size_bytes) AS mean,
            max(created_at) AS latest
        FROM public.files WHERE coalesce(user_id = %(user)s, true) GROUP BY 1 ORDER BY 2 DESC""",
    "months": """
        SELECT date_trunc('month', "timestamp", 'UTC') AS month, u.name AS person, sum(cost_usd) AS cost
        FROM public.api_cost_tracking AS c JOIN public.users AS u ON u.id = c.user_id
        WHERE coalesce(user_id = %(user)s, true) GROUP BY 1, 2 ORDER BY 1, 2""",
    "tokens": """
        SELECT d AS day, coalesce(sum(input_tokens + output_tokens), 0) AS tokens
        FROM generate_series(date_trunc('day', now(), 'UTC') - interval '89 days', now(), interval '1 day') AS d
        LEFT JOIN public.api_cost_tracking AS c
            ON "timestamp" >= d AND "timestamp" < d + interval '1 day' AND coalesce(user_id = %(user)s, true)
        GROUP BY 1 ORDER BY 1""",
    **{
        f"{column}s": f"""
        SELECT
            {column}, sum(cost_usd) AS cost, count(*) AS calls, avg(cost_usd) AS mean, max("timestamp") AS latest
        FROM public.api_cost_tracking WHERE coalesce(user_id = %(user)s, true) GROUP BY 1 ORDER BY 2 DESC"""
        for column in ("model", "endpoint")
    },
    "recordings": """
        SELECT
            CASE WHEN t.project_id IS NULL THEN 'no project' ELSE p.name END AS project,
            sum(duration_seconds) AS length, count(*) AS recordings, sum(file_size) AS size, max(t.created_at) AS latest
        FROM public.audio_transcriptions AS t LEFT JOIN public.projects AS p ON p.id = t.project_id
        WHERE coalesce(t.user_id = %(user)s, true) AND coalesce(t.project_id = %(project)s, %(project)s::text IS NULL)
        GROUP BY 1 ORDER BY 2 DESC""",
}

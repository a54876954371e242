"""The graph of each person: the plain statements."""

_NODES = "SELECT * FROM public.graph_nodes WHERE deleted_at IS NULL AND coalesce(user_id = %(user)s::uuid, true)"
_EDGES = "SELECT * FROM public.graph_edges WHERE coalesce(user_id = %(user)s::uuid, true)"

GRAPH = {
    "stats": f"""
        SELECT
            count(*) AS nodes, sum((status = 'curated')::int) AS curated, sum((status = 'draft_verbal')::int) AS drafts,
            (SELECT count(*) FROM ({_EDGES}) AS e) AS edges
        FROM ({_NODES}) AS n""",
    "waiting": f"""
        SELECT max(extract(EPOCH FROM now() - created_at)) AS waited
        FROM ({_NODES}) AS n WHERE embedding_status = 'pending'""",
    "failed": f"SELECT count(*) AS failed FROM ({_NODES}) AS n WHERE embedding_status = 'failed'",
    "coverage": f"""
        SELECT p.email, count(n.embedding) AS embedded, count(*) AS nodes
        FROM ({_NODES}) AS n JOIN public.profiles AS p ON p.id = n.user_id
        GROUP BY 1 ORDER BY round(100.0 * count(n.embedding) / count(*), 2), 1""",
    "work": f"""
        SELECT p.email, s.state, count(n.id) AS nodes
        FROM (SELECT DISTINCT user_id FROM ({_NODES}) AS n) AS u
        JOIN public.profiles AS p ON p.id = u.user_id
        CROSS JOIN (VALUES (1, 'pending'), (2, 'generating'), (3, 'failed')) AS s (place, state)
        LEFT JOIN ({_NODES}) AS n ON n.user_id = u.user_id AND n.embedding_status = s.state
        GROUP BY p.email, s.place, s.state
        ORDER BY sum(count(n.id)) OVER (PARTITION BY p.email) DESC, p.email, s.place""",
    "growth": f"""
        SELECT
            d AS day,
            (SELECT count(*) FROM ({_NODES}) AS n WHERE created_at >= d AND created_at < d + interval '1 day') AS nodes,
            (SELECT count(*) FROM ({_EDGES}) AS e WHERE created_at >= d AND created_at < d + interval '1 day') AS edges
        FROM generate_series(date_trunc('day', %(since)s, 'UTC'), %(until)s, interval '1 day') AS d ORDER BY 1""",
    "kinds": f"""
        SELECT node_type AS type, n.status, count(*) AS nodes
        FROM ({_NODES}) AS n
        JOIN (SELECT node_type, count(*) AS whole FROM ({_NODES}) AS n GROUP BY 1) AS w USING (node_type)
        GROUP BY 1, n.status, whole ORDER BY whole DESC, 1, n.status""",
    "people": f"""
        SELECT
            p.email, (SELECT count(*) FROM ({_NODES}) AS n WHERE n.user_id = p.id) AS nodes, count(*) AS edges,
            count(DISTINCT edge_type) AS "edge types", max(e.created_at) AS "latest edge"
        FROM public.profiles AS p JOIN ({_EDGES}) AS e ON e.user_id = p.id GROUP BY p.id ORDER BY 2 DESC, 1""",
    "edges": f"""
        SELECT edge_type AS type, count(*) - count(valid_to) AS edges
        FROM ({_EDGES}) AS e GROUP BY 1 HAVING count(*) > count(valid_to) ORDER BY 2 DESC, 1""",
}

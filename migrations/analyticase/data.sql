-- Sample data of the whole folder: the same rows every time, told in times before now.
-- What looks like chance is taken from md5 of a row's key. Cases and their parties are made up.
-- A run's configuration decides what hangs below it, so that its rows agree with each other.
-- Loading it twice changes nothing.

-- 60 runs in seventeen weeks, few at week-ends. Four failed: one alone, three on a day when the model service was down.
-- From the 31st on they use version 2.0 of HyperGNN and Case-LLM.
WITH calendar AS (
    SELECT
        weighed.day,
        sum(weighed.weight) OVER (ORDER BY weighed.day) - weighed.weight AS begins,
        sum(weighed.weight) OVER (ORDER BY weighed.day) AS ends
    FROM (
        SELECT
            past.day,
            CASE extract(isodow FROM past.day AT TIME ZONE 'UTC') WHEN 6 THEN 3 WHEN 7 THEN 1 ELSE 10 END AS weight
        FROM generate_series(1, 119) AS back
        CROSS JOIN LATERAL (
            SELECT date_trunc('day', now(), 'UTC') - back * interval '24 hours' AS day
        ) AS past
    ) AS weighed
)

INSERT INTO public.simulation_runs
    (run_id, simulation_type, configuration, status, run_timestamp, duration_seconds, created_at, run_name,
    success_count, failure_count, updated_at)
SELECT
    md5('run ' || n)::uuid,
    kind.word,
    jsonb_strip_nulls(jsonb_build_object(
        'seed', n * 1009,
        'scenario', scenario.label,
        'scenarios', amount.scenarios,
        'versions', CASE kind.word
            WHEN 'hypergnn' THEN jsonb_build_object('HyperGNN', model.version)
            WHEN 'case_llm' THEN jsonb_build_object('Case-LLM', model.version)
            WHEN 'combined' THEN jsonb_build_object('HyperGNN', model.version, 'Case-LLM', model.version)
        END,
        'agents', CASE WHEN kind.word IN ('agent_based', 'combined') THEN jsonb_build_object(
            'investigators', 4 + dice.roll % 9, 'attorneys', 6 + dice.roll / 9 % 11, 'judges', 2 + dice.roll / 99 % 5
        ) END,
        'time_steps', CASE WHEN kind.word IN ('agent_based', 'combined') THEN 100 + dice.roll / 5 % 5 * 50 END,
        'days', CASE WHEN kind.word IN ('discrete_event', 'system_dynamics', 'combined') THEN
            (ARRAY[180, 365, 365, 730])[1 + dice.roll / 3 % 4]
        END,
        'cases', CASE
            WHEN kind.word IN ('discrete_event', 'combined') THEN 120 + dice.roll / 7 % 200
            WHEN kind.word = 'case_llm' THEN amount.scenarios
        END,
        'nodes', CASE WHEN kind.word IN ('hypergnn', 'combined') THEN 48 + graph.number * 4 END,
        'hyperedges', CASE WHEN kind.word IN ('hypergnn', 'combined') THEN 120 + graph.number * 10 END,
        'communities', CASE WHEN kind.word IN ('hypergnn', 'combined') THEN 3 + dice.roll / 11 % 4 END
    )),
    state.word,
    start.at,
    length.seconds,
    start.at,
    scenario.label || ', ' || replace(kind.word, '_', ' ') || ', run ' || lpad(n::text, 2, '0'),
    CASE state.word WHEN 'failed' THEN amount.scenarios / 4 ELSE amount.scenarios - amount.errors END,
    CASE state.word WHEN 'failed' THEN 1 ELSE amount.errors END,
    start.at + length.seconds * interval '1 second'
FROM generate_series(1, 60) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('run ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT (ARRAY[
        'agent_based', 'discrete_event', 'hypergnn', 'agent_based', 'case_llm', 'combined', 'system_dynamics',
        'agent_based', 'discrete_event', 'hypergnn', 'combined', 'discrete_event', 'case_llm', 'system_dynamics',
        'agent_based'
    ])[1 + (n - 1) % 15] AS word
) AS kind
CROSS JOIN LATERAL (SELECT CASE WHEN n IN (12, 33, 34, 35) THEN 'failed' ELSE 'completed' END AS word) AS state
CROSS JOIN LATERAL (SELECT CASE WHEN n > 30 THEN '2.0' ELSE '1.0' END AS version) AS model
CROSS JOIN LATERAL (
    SELECT (ARRAY[
        'Baseline', 'Two more judges', 'Backlog after the holidays', 'Electronic filing', 'Shorter discovery',
        'Mandatory mediation', 'Rising case load', 'Fewer adjournments'
    ])[1 + (n - 1) / 2 % 8] AS label
) AS scenario
CROSS JOIN LATERAL (
    SELECT
        CASE kind.word
            WHEN 'combined' THEN 5
            WHEN 'case_llm' THEN 8 + dice.roll % 5
            WHEN 'agent_based' THEN 20 + dice.roll % 21
            ELSE 10 + dice.roll % 11
        END AS scenarios,
        CASE WHEN kind.word <> 'combined' THEN (ARRAY[0, 0, 1, 0, 0, 2, 0])[1 + dice.roll / 13 % 7] ELSE 0 END AS errors
) AS amount
-- The hypergraphs grow from run to run; together they come to 1,200 nodes and 3,000 hyperedges.
CROSS JOIN LATERAL (
    SELECT count(*) AS number
    FROM generate_series(1, n) AS earlier
    WHERE (earlier - 1) % 15 + 1 IN (3, 6, 10, 11)
        AND earlier <> 33
) AS graph
CROSS JOIN LATERAL (
    SELECT round(
        CASE kind.word
            WHEN 'agent_based' THEN 40 + dice.roll % 12000 / 100.0
            WHEN 'discrete_event' THEN 20 + dice.roll % 6000 / 100.0
            WHEN 'system_dynamics' THEN 10 + dice.roll % 3000 / 100.0
            WHEN 'hypergnn' THEN 200 + dice.roll % 50000 / 100.0
            WHEN 'case_llm' THEN 300 + dice.roll % 60000 / 100.0
            ELSE 900 + dice.roll % 150000 / 100.0
        END * CASE state.word WHEN 'failed' THEN 0.3 ELSE 1 END,
        2
    ) AS seconds
) AS length
-- Seventeen weeks weigh 918, so a run has 15.3 of it.
CROSS JOIN LATERAL (SELECT CASE WHEN n IN (34, 35) THEN 33 ELSE n END AS number) AS slot
CROSS JOIN LATERAL (
    SELECT (slot.number - 1) * 15.3 + ('x' || substr(md5('slot ' || slot.number), 1, 8))::bit(32)::bigint % 15 AS place
) AS point
JOIN calendar
    ON calendar.begins <= point.place
    AND calendar.ends > point.place
CROSS JOIN LATERAL (
    SELECT calendar.day + interval '1 minute' * CASE
        WHEN n BETWEEN 33 AND 35 THEN (ARRAY[555, 605, 800])[n - 32]
        ELSE 480 + dice.roll % 600
    END AS at
) AS start
ON CONFLICT DO NOTHING;

-- What the agents did: one row for each agent-based and each combined run that was completed.
INSERT INTO public.agent_simulation_results
    (result_id, run_id, time_steps, total_agents, total_workload, average_efficiency, total_interactions, metrics,
    created_at, investigators_count, attorneys_count, judges_count, evidence_collected, briefs_filed, cases_won,
    cases_lost, rulings_made, agent_summary)
SELECT
    md5('agent result ' || n)::uuid,
    r.run_id,
    (r.configuration ->> 'time_steps')::integer,
    staff.investigators + staff.attorneys + staff.judges,
    done.investigating + done.representing + done.judging,
    round(0.55 + dice.roll % 3500 / 10000.0, 4),
    (r.configuration ->> 'time_steps')::integer * (staff.investigators + staff.attorneys + staff.judges)
        * (1 + dice.roll % 3) / 2,
    jsonb_build_object('idle_share', round(0.02 + dice.roll % 180 / 1000.0, 3)),
    r.updated_at,
    staff.investigators,
    staff.attorneys,
    staff.judges,
    done.evidence,
    done.briefs,
    verdict.won,
    done.rulings - verdict.won,
    done.rulings,
    jsonb_build_object(
        'investigators', jsonb_build_object(
            'count', staff.investigators, 'workload', done.investigating, 'evidence_collected', done.evidence
        ),
        'attorneys', jsonb_build_object(
            'count', staff.attorneys, 'workload', done.representing, 'briefs_filed', done.briefs,
            'cases_won', verdict.won, 'cases_lost', done.rulings - verdict.won
        ),
        'judges', jsonb_build_object(
            'count', staff.judges, 'workload', done.judging, 'rulings_made', done.rulings
        )
    )
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.simulation_type IN ('agent_based', 'combined')
    AND r.status = 'completed'
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('agents of ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT
        (r.configuration #>> '{agents,investigators}')::integer AS investigators,
        (r.configuration #>> '{agents,attorneys}')::integer AS attorneys,
        (r.configuration #>> '{agents,judges}')::integer AS judges
) AS staff
CROSS JOIN LATERAL (
    SELECT
        staff.investigators * (12 + dice.roll % 9) AS investigating,
        staff.attorneys * (14 + dice.roll / 9 % 9) AS representing,
        staff.judges * (18 + dice.roll / 99 % 12) AS judging,
        staff.investigators * (8 + dice.roll / 3 % 15) AS evidence,
        staff.attorneys * (3 + dice.roll / 7 % 6) AS briefs,
        staff.judges * (6 + dice.roll / 11 % 9) AS rulings
) AS done
CROSS JOIN LATERAL (SELECT done.rulings * (45 + dice.roll / 17 % 25) / 100 AS won) AS verdict
ON CONFLICT DO NOTHING;

-- How cases went through their stages: one row for each discrete-event and each combined run that was completed.
INSERT INTO public.discrete_event_results
    (result_id, run_id, simulation_duration, total_cases, closed_cases, average_duration, closure_rate, total_events,
    hearings_conducted, rulings_issued, metrics, created_at, final_time, evidence_submitted, average_evidence_items,
    stage_distribution, sample_cases)
SELECT
    md5('event result ' || n)::uuid,
    r.run_id,
    settings.days,
    settings.cases,
    done.closed,
    round(clock.final * (25 + dice.roll % 31) / 100, 2),
    round(100.0 * done.closed / settings.cases, 2),
    settings.cases + heard.hearings + done.closed + heard.evidence,
    heard.hearings,
    done.closed,
    jsonb_build_object('filings', settings.cases, 'longest_queue', 3 + dice.roll / 5 % 30),
    r.updated_at,
    clock.final,
    heard.evidence,
    round(1.0 * heard.evidence / settings.cases, 2),
    jsonb_build_object(
        'filed', pending.cases - pending.cases * 3 / 10 - pending.cases / 5 * 2 - pending.cases / 10,
        'discovery', pending.cases * 3 / 10,
        'pretrial', pending.cases / 5,
        'trial', pending.cases / 5,
        'ruling', pending.cases / 10,
        'closed', done.closed
    ),
    (
        SELECT jsonb_agg(jsonb_build_object(
            'case_id', 'case-' || lpad((1 + (n * 7 + part * 11) % 40)::text, 3, '0'),
            'stage', (ARRAY['discovery', 'trial', 'closed'])[part],
            'days', round(clock.final * part * (20 + dice.roll / part % 10) / 100, 1)
        ) ORDER BY part)
        FROM generate_series(1, 3) AS part
    )
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.simulation_type IN ('discrete_event', 'combined')
    AND r.status = 'completed'
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('events of ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT
        (r.configuration ->> 'days')::integer AS days,
        (r.configuration ->> 'cases')::integer AS cases
) AS settings
CROSS JOIN LATERAL (SELECT settings.days - dice.roll % 100 / 10.0 AS final) AS clock
CROSS JOIN LATERAL (SELECT settings.cases * (55 + dice.roll / 3 % 35) / 100 AS closed) AS done
CROSS JOIN LATERAL (SELECT settings.cases - done.closed AS cases) AS pending
CROSS JOIN LATERAL (
    SELECT
        done.closed * 2 + pending.cases / 2 + dice.roll / 7 % 40 AS hearings,
        settings.cases * (6 + dice.roll / 11 % 10) + dice.roll / 13 % settings.cases AS evidence
) AS heard
ON CONFLICT DO NOTHING;

-- Cases as stocks and flows: one row for each system-dynamics and each combined run that was completed.
-- What was filed stands in one of six stocks at the end. Little's law gives the time through the open ones.
INSERT INTO public.system_dynamics_results
    (result_id, run_id, simulation_duration, time_step, system_efficiency, average_cycle_time, total_cases_filed,
    total_cases_closed, average_wip, final_stocks, metrics, created_at, filed_stock, discovery_stock, pretrial_stock,
    trial_stock, ruling_stock, closed_stock, average_stocks)
SELECT
    md5('dynamics result ' || n)::uuid,
    r.run_id,
    settings.days,
    settings.step,
    round(outflow.closed / inflow.filed, 2),
    wip.cases * settings.days / outflow.closed,
    inflow.filed,
    outflow.closed,
    wip.cases,
    jsonb_build_object(
        'filed', stock.filed, 'discovery', stock.discovery, 'pretrial', stock.pretrial, 'trial', stock.trial,
        'ruling', stock.ruling, 'closed', outflow.closed
    ),
    jsonb_build_object('steps', (settings.days / settings.step)::integer, 'method', 'runge-kutta 4'),
    r.updated_at,
    stock.filed,
    stock.discovery,
    stock.pretrial,
    stock.trial,
    stock.ruling,
    outflow.closed,
    jsonb_build_object(
        'filed', mean.filed, 'discovery', mean.discovery, 'pretrial', mean.pretrial, 'trial', mean.trial,
        'ruling', mean.ruling, 'closed', round(outflow.closed / 2, 2)
    )
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.simulation_type IN ('system_dynamics', 'combined')
    AND r.status = 'completed'
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('dynamics of ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT
        (r.configuration ->> 'days')::integer AS days,
        (ARRAY[0.25, 0.5, 1.0])[1 + dice.roll % 3] AS step
) AS settings
CROSS JOIN LATERAL (SELECT settings.days * (60 + dice.roll / 3 % 61) / 100.0 AS filed) AS inflow
CROSS JOIN LATERAL (SELECT round(inflow.filed * (550 + dice.roll / 7 % 301) / 1000, 2) AS closed) AS outflow
CROSS JOIN LATERAL (SELECT inflow.filed - outflow.closed AS cases) AS pending
CROSS JOIN LATERAL (
    SELECT
        round(pending.cases * 0.22, 2) AS filed,
        round(pending.cases * 0.34, 2) AS discovery,
        round(pending.cases * 0.20, 2) AS pretrial,
        round(pending.cases * 0.16, 2) AS trial
) AS early
CROSS JOIN LATERAL (
    SELECT
        early.*,
        round(pending.cases - early.filed - early.discovery - early.pretrial - early.trial, 2) AS ruling
) AS stock
CROSS JOIN LATERAL (SELECT (700 + dice.roll / 11 % 200) / 1000.0 AS share) AS level
CROSS JOIN LATERAL (
    SELECT
        round(stock.filed * level.share, 2) AS filed,
        round(stock.discovery * level.share, 2) AS discovery,
        round(stock.pretrial * level.share, 2) AS pretrial,
        round(stock.trial * level.share, 2) AS trial,
        round(stock.ruling * level.share, 2) AS ruling
) AS mean
CROSS JOIN LATERAL (SELECT mean.filed + mean.discovery + mean.pretrial + mean.trial + mean.ruling AS cases) AS wip
ON CONFLICT DO NOTHING;

-- The hypergraph as the network sees it: one row for each hypergnn and each combined run that was completed.
-- A hyperedge joins two to five nodes; those with low numbers are in many. metrics.incidence lists them edge by edge:
-- nodes and edges are taken from there further down. Attention came with version 2.0.
INSERT INTO public.hypergnn_results
    (result_id, run_id, num_nodes, num_hyperedges, num_communities, avg_node_degree, avg_edge_size, communities,
    link_predictions, metrics, created_at, node_type_distribution, centrality_scores, attention_weights)
SELECT
    md5('hypergnn result ' || n)::uuid,
    r.run_id,
    size.nodes,
    size.edges,
    size.communities,
    round(1.0 * graph.memberships / size.nodes, 4),
    round(1.0 * graph.memberships / size.edges, 4),
    (
        SELECT jsonb_agg(jsonb_build_object('id', community.id, 'size', community.nodes) ORDER BY community.id)
        FROM (
            SELECT 1 + (number - 1) * size.communities / size.nodes AS id, count(*) AS nodes
            FROM generate_series(1, size.nodes) AS number
            GROUP BY 1
        ) AS community
    ),
    (
        SELECT jsonb_agg(jsonb_build_object(
            'nodes', jsonb_build_array(
                named.prefix || 'n' || lpad((part * 3 + dice.roll % 7)::text, 3, '0'),
                named.prefix || 'n' || lpad((size.nodes - part * 4 - dice.roll / 7 % 9)::text, 3, '0')
            ),
            'probability', round(0.95 - part * 0.08 - dice.roll / 63 % 70 / 1000.0, 3)
        ) ORDER BY part)
        FROM generate_series(1, 3) AS part
    ),
    jsonb_build_object(
        'accuracy', round(
            (0.700 + dice.roll % 40 / 1000.0) * CASE model.version WHEN '2.0' THEN 1.15 ELSE 1 END, 3
        ),
        'epochs', 40 + dice.roll / 5 % 80,
        'incidence', graph.incidence
    ),
    r.updated_at,
    (
        SELECT jsonb_object_agg(typed.node_type, typed.nodes)
        FROM (
            SELECT kinds.words[1 + number % 10] AS node_type, count(*) AS nodes
            FROM generate_series(1, size.nodes) AS number
            GROUP BY 1
        ) AS typed
    ),
    (
        SELECT jsonb_object_agg(
            named.prefix || 'n' || lpad(number::text, 3, '0'), round(coalesce(member.degree, 0) / size.edges, 6)
        )
        FROM generate_series(1, size.nodes) AS number
        LEFT JOIN (
            SELECT listed.node::integer AS number, count(*)::numeric AS degree
            FROM jsonb_array_elements(graph.incidence) AS joined (members)
            CROSS JOIN LATERAL jsonb_array_elements_text(joined.members) AS listed (node)
            GROUP BY 1
        ) AS member USING (number)
    ),
    CASE model.version WHEN '2.0' THEN graph.attention END
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.simulation_type IN ('hypergnn', 'combined')
    AND r.status = 'completed'
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('hypergraph of ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (SELECT 'r' || lpad(n::text, 2, '0') || '-' AS prefix) AS named
CROSS JOIN LATERAL (SELECT r.configuration #>> '{versions,HyperGNN}' AS version) AS model
CROSS JOIN LATERAL (
    SELECT
        (r.configuration ->> 'nodes')::integer AS nodes,
        (r.configuration ->> 'hyperedges')::integer AS edges,
        (r.configuration ->> 'communities')::integer AS communities
) AS size
CROSS JOIN LATERAL (
    SELECT ARRAY[
        'evidence', 'evidence', 'evidence', 'party', 'party', 'case', 'statute', 'precedent', 'attorney', 'judge'
    ] AS words
) AS kinds
CROSS JOIN LATERAL (
    SELECT
        jsonb_agg(edge.members ORDER BY number) AS incidence,
        sum(jsonb_array_length(edge.members)) AS memberships,
        jsonb_object_agg(
            named.prefix || 'e' || lpad(number::text, 4, '0'), round(0.05 + edge_dice.roll % 9000 / 10000.0, 4)
        ) AS attention
    FROM generate_series(1, size.edges) AS number
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('run ' || n || ' edge ' || number), 1, 8))::bit(32)::bigint AS roll
    ) AS edge_dice
    -- The steps from member to member are at most 11, so five of them never come round to the first.
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(
            1 + (
                size.nodes * (edge_dice.roll / 64 % 1000) * (edge_dice.roll / 64 % 1000) / 1000000
                + place * (1 + edge_dice.roll / 8 % 11)
            ) % size.nodes
            ORDER BY place
        ) AS members
        FROM generate_series(0, 1 + edge_dice.roll % 4) AS place
    ) AS edge
) AS graph
ON CONFLICT DO NOTHING;

-- The language model's judgements: of each case of a case_llm run that did not end in an error, of four cases of a
-- combined one. A case is judged much the same every time.
INSERT INTO public.case_llm_results
    (result_id, run_id, case_id, model_name, predicted_outcome, confidence, evidence_quality, legal_merit,
    precedent_support, entities, summary, metrics, created_at, case_rating, recommendations, rag_documents_used)
SELECT
    md5('case result ' || n || ', ' || part)::uuid,
    r.run_id,
    'case-' || lpad(chosen.number::text, 3, '0'),
    'Case-LLM',
    CASE rating.word
        WHEN 'strong' THEN 'judgment for the plaintiff'
        WHEN 'moderate' THEN 'settlement'
        ELSE (ARRAY['judgment for the defendant', 'dismissal'])[1 + case_dice.roll % 2]
    END,
    round(0.50 + abs(score.merit - 0.5) * 0.6 + CASE model.version WHEN '2.0' THEN 0.12 ELSE 0 END, 4),
    score.evidence,
    score.merit,
    score.precedent,
    jsonb_build_object('plaintiff', matter.plaintiff, 'defendant', matter.defendant, 'court', court.label),
    matter.dispute || ' ' || CASE rating.word
        WHEN 'strong' THEN 'The record bears the claim out, and like cases were decided so.'
        WHEN 'moderate' THEN 'Both sides have something to lose; the record does not settle it.'
        ELSE 'What was submitted does not carry the claim.'
    END,
    jsonb_build_object('prompt_tokens', 900 + dice.roll % 3000, 'answer_tokens', 150 + dice.roll / 7 % 500),
    r.run_timestamp + r.duration_seconds * part / judged.cases * interval '1 second',
    rating.word,
    CASE rating.word
        WHEN 'strong' THEN jsonb_build_array('Move for summary judgment', 'Hold the settlement offer back')
        WHEN 'moderate' THEN jsonb_build_array('Offer mediation', 'Depose the second witness', 'Narrow the claims')
        ELSE jsonb_build_array('Look for documents that are missing', 'Weigh costs before going on')
    END,
    CASE model.version WHEN '2.0' THEN 3 + dice.roll / 11 % 8 ELSE 0 END
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.simulation_type IN ('case_llm', 'combined')
    AND r.status = 'completed'
CROSS JOIN LATERAL (SELECT r.configuration #>> '{versions,Case-LLM}' AS version) AS model
CROSS JOIN LATERAL (
    SELECT CASE r.simulation_type WHEN 'case_llm' THEN r.success_count ELSE 4 END AS cases
) AS judged
CROSS JOIN LATERAL generate_series(1, judged.cases) AS part
CROSS JOIN LATERAL (SELECT 1 + (n * 7 + part * 3) % 40 AS number) AS chosen
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('case ' || chosen.number), 1, 8))::bit(32)::bigint AS roll
) AS case_dice
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('run ' || n || ' case ' || chosen.number), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT
        round(0.20 + case_dice.roll % 650 / 1000.0 + dice.roll % 100 / 1000.0, 4) AS merit,
        round(0.20 + case_dice.roll / 3 % 650 / 1000.0 + dice.roll / 3 % 100 / 1000.0, 4) AS evidence,
        round(0.20 + case_dice.roll / 7 % 650 / 1000.0 + dice.roll / 7 % 100 / 1000.0, 4) AS precedent
) AS score
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN score.merit + score.evidence + score.precedent >= 1.9 THEN 'strong'
        WHEN score.merit + score.evidence + score.precedent >= 1.55 THEN 'moderate'
        ELSE 'weak'
    END AS word
) AS rating
CROSS JOIN LATERAL (
    SELECT CASE WHEN chosen.number <= 20 THEN 'northern district' ELSE 'southern district' END AS label
) AS court
JOIN (
    VALUES
        (1, 'supplier', 'buyer', 'Parts were delivered six weeks late; the buyer withholds the price.'),
        (2, 'tenant', 'landlord', 'The heating failed through a winter; the tenant wants rent back.'),
        (3, 'employee', 'employer', 'Dismissed after reporting unsafe machines; the employer says redundancy.'),
        (4, 'insured', 'insurer', 'A cellar was flooded; the insurer calls it ground water, which is excluded.'),
        (5, 'patient', 'clinic', 'An instrument was left behind in an operation and found a year later.'),
        (6, 'author', 'publisher', 'Electronic copies were sold without an agreement on royalties.'),
        (7, 'neighbour', 'builder', 'Piling cracked the walls next door; the builder says they were cracked before.'),
        (8, 'shareholder', 'board', 'A subsidiary was sold below value to a company of a director''s family.'),
        (9, 'cyclist', 'city', 'A fall into an unlit trench; the city says the barrier was stolen that night.'),
        (10, 'farmer', 'seed merchant', 'The seed did not sprout; the merchant blames the storage.'),
        (11, 'bank', 'guarantor', 'A guarantee was called; the guarantor says nobody explained it.'),
        (12, 'software house', 'former partner', 'Source code turned up in the product of a former partner.'),
        (13, 'passenger', 'airline', 'A connection was missed after a strike; who pays for two nights is disputed.'),
        (14, 'heir', 'executor', 'A painting was sold before the estate had been valued.'),
        (15, 'contractor', 'ministry', 'A tender was withdrawn after the bids were open.'),
        (16, 'resident', 'quarry', 'Dust and blasting beyond the hours of the permit.'),
        (17, 'franchisee', 'franchisor', 'A second shop was licensed within the protected area.'),
        (18, 'museum', 'carrier', 'A crate arrived wet; the seal had been changed on the way.'),
        (19, 'consumer', 'dealer', 'The mileage of a used car had been turned back before the sale.'),
        (20, 'inventor', 'manufacturer', 'A hinge is made that does what the patent claims, by another spring.')
) AS matter (number, plaintiff, defendant, dispute) ON matter.number = 1 + (chosen.number - 1) % 20
ON CONFLICT DO NOTHING;

-- 1,200 nodes, from the results of their runs. The nodes of a community belong to one case.
INSERT INTO public.hypergraph_nodes
    (node_id, node_type, case_id, attributes, embedding, community_id, created_at, updated_at, run_id,
    centrality_score)
SELECT
    named.node_id,
    kind.word,
    'case-' || lpad((1 + (n * 7 + community.id * 3) % 40)::text, 3, '0'),
    jsonb_build_object('label', initcap(kind.word) || ' ' || number, 'verified', dice.digits < 'd'),
    ARRAY(
        SELECT
            round(('x' || substr(dice.digits, place * 4 + 1, 4))::bit(16)::integer / 32768.0 - 1, 4)::double precision
        FROM generate_series(0, 7) AS place
    ),
    community.id,
    g.created_at,
    g.created_at,
    g.run_id,
    (g.centrality_scores ->> named.node_id)::numeric
FROM generate_series(1, 60) AS n
JOIN public.hypergnn_results AS g ON g.result_id = md5('hypergnn result ' || n)::uuid
CROSS JOIN LATERAL generate_series(1, g.num_nodes) AS number
CROSS JOIN LATERAL (
    SELECT 'r' || lpad(n::text, 2, '0') || '-n' || lpad(number::text, 3, '0') AS node_id
) AS named
CROSS JOIN LATERAL (SELECT md5('node ' || named.node_id) AS digits) AS dice
CROSS JOIN LATERAL (SELECT 1 + (number - 1) * g.num_communities / g.num_nodes AS id) AS community
CROSS JOIN LATERAL (
    SELECT (ARRAY[
        'evidence', 'evidence', 'evidence', 'party', 'party', 'case', 'statute', 'precedent', 'attorney', 'judge'
    ])[1 + number % 10] AS word
) AS kind
ON CONFLICT DO NOTHING;

-- 3,000 hyperedges, likewise. An edge belongs to the case of its first node.
INSERT INTO public.hypergraph_edges
    (edge_id, edge_type, case_id, node_ids, weight, attributes, created_at, run_id, attention_weight)
SELECT
    named.edge_id,
    (ARRAY['supports', 'contradicts', 'cites', 'represents', 'decides', 'same event'])[1 + dice.roll % 6],
    first_node.case_id,
    members.node_ids,
    round(0.10 + dice.roll / 6 % 9000 / 10000.0, 4),
    jsonb_build_object('evidence', (ARRAY['document', 'testimony', 'model'])[1 + dice.roll / 11 % 3]),
    g.created_at,
    g.run_id,
    (g.attention_weights ->> named.edge_id)::numeric
FROM generate_series(1, 60) AS n
JOIN public.hypergnn_results AS g ON g.result_id = md5('hypergnn result ' || n)::uuid
CROSS JOIN LATERAL jsonb_array_elements(g.metrics -> 'incidence') WITH ORDINALITY AS joined (numbers, number)
CROSS JOIN LATERAL (SELECT 'r' || lpad(n::text, 2, '0') || '-' AS prefix) AS run
CROSS JOIN LATERAL (SELECT run.prefix || 'e' || lpad(joined.number::text, 4, '0') AS edge_id) AS named
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('edge ' || named.edge_id), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT array_agg(run.prefix || 'n' || lpad(listed.node, 3, '0') ORDER BY listed.place) AS node_ids
    FROM jsonb_array_elements_text(joined.numbers) WITH ORDINALITY AS listed (node, place)
) AS members
JOIN public.hypergraph_nodes AS first_node ON first_node.node_id = members.node_ids[1]
ON CONFLICT DO NOTHING;

-- An analysis for each judgement, as sure as that is.
INSERT INTO public.case_analysis_metadata
    (analysis_id, case_id, case_number, analysis_types, status, summary, insights, analysis_timestamp, created_at,
    run_id, confidence_score)
SELECT
    md5('analysis ' || n || ', ' || part)::uuid,
    l.case_id,
    'C-' || 1000 + right(l.case_id, 3)::integer * 17,
    CASE r.simulation_type
        WHEN 'combined' THEN ARRAY['agent_based', 'discrete_event', 'system_dynamics', 'hypergnn', 'case_llm']
        ELSE ARRAY['case_llm']
    END,
    'completed',
    l.summary,
    jsonb_build_object('rating', l.case_rating, 'outcome', l.predicted_outcome, 'documents', l.rag_documents_used),
    l.created_at,
    l.created_at,
    l.run_id,
    l.confidence
FROM generate_series(1, 60) AS n
CROSS JOIN generate_series(1, 12) AS part
JOIN public.case_llm_results AS l ON l.result_id = md5('case result ' || n || ', ' || part)::uuid
JOIN public.simulation_runs AS r ON r.run_id = l.run_id
ON CONFLICT DO NOTHING;

-- What the models make of it: two insights for each model in a completed run, in its own figures, and for each failed
-- run why it failed.
WITH said (n, run_id, model, number, kind, category, words, figures) AS (
    SELECT
        n, a.run_id, 'AgentBased', 1, 'efficiency', 'resource',
        a.judges_count || ' judges made ' || a.rulings_made || ' rulings; agents were busy '
            || round(100 * a.average_efficiency) || ' % of the time.',
        jsonb_build_object('rulings_made', a.rulings_made, 'average_efficiency', a.average_efficiency)
    FROM generate_series(1, 60) AS n
    JOIN public.agent_simulation_results AS a ON a.result_id = md5('agent result ' || n)::uuid
    UNION ALL
    SELECT
        n, a.run_id, 'AgentBased', 2, 'outcome', 'outcome',
        a.cases_won || ' of ' || a.rulings_made || ' rulings went to the plaintiff.',
        jsonb_build_object('cases_won', a.cases_won, 'cases_lost', a.cases_lost)
    FROM generate_series(1, 60) AS n
    JOIN public.agent_simulation_results AS a ON a.result_id = md5('agent result ' || n)::uuid
    UNION ALL
    SELECT
        n, d.run_id, 'DiscreteEvent', 1, 'throughput', 'process',
        d.closed_cases || ' of ' || d.total_cases || ' cases were closed (' || d.closure_rate || ' %).',
        jsonb_build_object('closed_cases', d.closed_cases, 'closure_rate', d.closure_rate)
    FROM generate_series(1, 60) AS n
    JOIN public.discrete_event_results AS d ON d.result_id = md5('event result ' || n)::uuid
    UNION ALL
    SELECT
        n, d.run_id, 'DiscreteEvent', 2, 'bottleneck', 'process',
        'Of the open cases ' || (d.stage_distribution ->> 'discovery') || ' stand in discovery.',
        jsonb_build_object('discovery', d.stage_distribution -> 'discovery')
    FROM generate_series(1, 60) AS n
    JOIN public.discrete_event_results AS d ON d.result_id = md5('event result ' || n)::uuid
    UNION ALL
    SELECT
        n, s.run_id, 'SystemDynamics', 1, 'cycle time', 'process',
        'A case takes ' || round(s.average_cycle_time) || ' days on average.',
        jsonb_build_object('average_cycle_time', s.average_cycle_time)
    FROM generate_series(1, 60) AS n
    JOIN public.system_dynamics_results AS s ON s.result_id = md5('dynamics result ' || n)::uuid
    UNION ALL
    SELECT
        n, s.run_id, 'SystemDynamics', 2, 'bottleneck', 'resource',
        'Discovery holds ' || round(s.discovery_stock) || ' cases at the end, trial ' || round(s.trial_stock) || '.',
        jsonb_build_object('discovery_stock', s.discovery_stock, 'trial_stock', s.trial_stock)
    FROM generate_series(1, 60) AS n
    JOIN public.system_dynamics_results AS s ON s.result_id = md5('dynamics result ' || n)::uuid
    UNION ALL
    SELECT
        n, g.run_id, 'HyperGNN', 1, 'community', 'structure',
        g.num_nodes || ' nodes fall into ' || g.num_communities || ' communities.',
        jsonb_build_object('num_nodes', g.num_nodes, 'num_communities', g.num_communities)
    FROM generate_series(1, 60) AS n
    JOIN public.hypergnn_results AS g ON g.result_id = md5('hypergnn result ' || n)::uuid
    UNION ALL
    SELECT
        n, g.run_id, 'HyperGNN', 2, 'link prediction', 'structure',
        'The likeliest missing link is between ' || (g.link_predictions #>> '{0,nodes,0}') || ' and '
            || (g.link_predictions #>> '{0,nodes,1}') || '.',
        g.link_predictions -> 0
    FROM generate_series(1, 60) AS n
    JOIN public.hypergnn_results AS g ON g.result_id = md5('hypergnn result ' || n)::uuid
    UNION ALL
    SELECT
        n, l.run_id, 'Case-LLM', 1, 'outcome', 'outcome',
        count(*) FILTER (WHERE l.case_rating = 'strong') || ' of ' || count(*) || ' cases are strong.',
        jsonb_build_object('cases', count(*), 'strong', count(*) FILTER (WHERE l.case_rating = 'strong'))
    FROM generate_series(1, 60) AS n
    CROSS JOIN generate_series(1, 12) AS part
    JOIN public.case_llm_results AS l ON l.result_id = md5('case result ' || n || ', ' || part)::uuid
    GROUP BY n, l.run_id
    UNION ALL
    SELECT
        n, l.run_id, 'Case-LLM', 2, 'sources', 'resource',
        CASE sum(l.rag_documents_used)
            WHEN 0 THEN 'The answers rest on the model alone.'
            ELSE 'The answers rest on ' || sum(l.rag_documents_used) || ' retrieved documents.'
        END,
        jsonb_build_object('rag_documents_used', sum(l.rag_documents_used))
    FROM generate_series(1, 60) AS n
    CROSS JOIN generate_series(1, 12) AS part
    JOIN public.case_llm_results AS l ON l.result_id = md5('case result ' || n || ', ' || part)::uuid
    GROUP BY n, l.run_id
    UNION ALL
    SELECT
        n, r.run_id, 'SimulationRunner', 1, 'failure', 'operations',
        CASE n
            WHEN 12 THEN 'Stopped: the configuration asked for more hearings than there are court days.'
            ELSE 'Stopped: the model service did not answer within 30 seconds.'
        END,
        jsonb_build_object('after_seconds', r.duration_seconds, 'ended_well', r.success_count)
    FROM generate_series(1, 60) AS n
    JOIN public.simulation_runs AS r
        ON r.run_id = md5('run ' || n)::uuid
        AND r.status = 'failed'
)

INSERT INTO public.simulation_insights
    (insight_id, run_id, insight_type, insight_category, insight_text, confidence, supporting_data, created_at,
    model_source)
SELECT
    md5('insight ' || said.n || ', ' || said.model || ' ' || said.number)::uuid,
    said.run_id,
    said.kind,
    said.category,
    said.words,
    CASE said.kind WHEN 'failure' THEN 1 ELSE round(0.60 + dice.roll % 380 / 1000.0, 4) END,
    said.figures,
    r.updated_at,
    said.model
FROM said
JOIN public.simulation_runs AS r ON r.run_id = said.run_id
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('insight ' || said.n || said.model || said.number), 1, 8))::bit(32)::bigint AS roll
) AS dice
ON CONFLICT DO NOTHING;

-- 560 metrics of runs: ten for each that was completed, taken while it ran.
INSERT INTO public.performance_metrics
    (metric_id, metric_name, metric_value, metric_unit, context, measurement_timestamp, created_at, run_id)
SELECT
    md5('metric of run ' || n || ', ' || measured.number)::uuid,
    measured.name,
    measured.value,
    measured.unit,
    jsonb_build_object('simulation_type', r.simulation_type, 'versions', r.configuration -> 'versions'),
    r.run_timestamp + r.duration_seconds * measured.number / 10 * interval '1 second',
    r.run_timestamp + r.duration_seconds * measured.number / 10 * interval '1 second',
    r.run_id
FROM generate_series(1, 60) AS n
JOIN public.simulation_runs AS r
    ON r.run_id = md5('run ' || n)::uuid
    AND r.status = 'completed'
LEFT JOIN public.hypergnn_results AS g ON g.result_id = md5('hypergnn result ' || n)::uuid
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('metrics of ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    VALUES
        (1, 'queue_wait', 1 + dice.roll % 240 / 10.0, 's'),
        (2, 'cpu_load', 35 + dice.roll / 3 % 600 / 10.0, '%'),
        (3, 'peak_memory', 256 + dice.roll / 7 % 3500, 'MB'),
        (4, 'steps_per_second', 40 + dice.roll / 11 % 4000 / 10.0, '1/s'),
        (5, 'cache_hit_rate', 70 + dice.roll / 13 % 290 / 10.0, '%'),
        (6, 'database_queries', 20 + dice.roll / 17 % 400, NULL),
        (7, 'database_write_time', 15 + dice.roll / 19 % 9000 / 10.0, 'ms'),
        (
            8, 'validation_score',
            coalesce((g.metrics ->> 'accuracy')::numeric, 0.680 + dice.roll / 23 % 150 / 1000.0), NULL
        ),
        (
            9, 'success_rate',
            round(100.0 * r.success_count / nullif(r.success_count + r.failure_count, 0), 4), '%'
        ),
        (10, 'duration', r.duration_seconds, 's')
) AS measured (number, name, value, unit)
ON CONFLICT DO NOTHING;

-- 1,440 metrics of the service itself: four, every eight hours. Week-ends are quiet; the day of the failed runs is not.
INSERT INTO public.performance_metrics
    (metric_id, metric_name, metric_value, metric_unit, context, measurement_timestamp, created_at)
SELECT
    md5('metric of service ' || back || ', ' || measured.name)::uuid,
    measured.name,
    round(measured.value, 4),
    measured.unit,
    jsonb_build_object('source', 'service', 'incident', load.incident),
    clock.at,
    clock.at
FROM generate_series(0, 359) AS back
CROSS JOIN LATERAL (SELECT date_trunc('minute', now()) - back * interval '8 hours' AS at) AS clock
JOIN public.simulation_runs AS failed ON failed.run_id = md5('run 33')::uuid
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('service ' || back), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT
        CASE extract(isodow FROM clock.at AT TIME ZONE 'UTC') WHEN 6 THEN 0.3 WHEN 7 THEN 0.2 ELSE 1.0 END AS share,
        (clock.at AT TIME ZONE 'UTC')::date = (failed.run_timestamp AT TIME ZONE 'UTC')::date AS incident
) AS load
CROSS JOIN LATERAL (
    VALUES
        (
            'requests_per_minute',
            (80 + dice.roll % 400 / 10.0) * load.share * CASE WHEN load.incident THEN 0.4 ELSE 1 END, '1/min'
        ),
        (
            'query_latency',
            8 + (10 + dice.roll / 7 % 100 / 10.0) * load.share + CASE WHEN load.incident THEN 400 ELSE 0 END, 'ms'
        ),
        (
            'error_rate',
            dice.roll / 11 % 60 / 100.0 + CASE WHEN load.incident THEN 18 ELSE 0 END, '%'
        ),
        ('database_size', 340 - back * 0.4 + dice.roll / 13 % 10 / 100.0, 'MB')
) AS measured (name, value, unit)
ON CONFLICT DO NOTHING;

-- Estimates of rows are right at once, not only after autovacuum has come by.
ANALYZE public.simulation_runs, public.agent_simulation_results, public.discrete_event_results,
    public.system_dynamics_results, public.hypergnn_results, public.case_llm_results, public.hypergraph_nodes,
    public.hypergraph_edges, public.case_analysis_metadata, public.simulation_insights, public.performance_metrics,
    public.model_enhancements;

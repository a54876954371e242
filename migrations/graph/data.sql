-- Sample data of the whole folder: the same rows every time, told in times before now.
-- What looks like chance is taken from md5 of a row's key. The people are made up. Loading it twice changes nothing.
-- It comes in two shapes: without the columns of 0002 the status of a node stands in its properties; with them it
-- stands in its own column. The embeddings themselves are filled afterwards, as embeddings.toml says.

INSERT INTO public.profiles (id, email, display_name, created_at)
SELECT
    md5('graph profile ' || number)::uuid,
    email,
    display_name,
    now() - interval '120 days' + number * interval '50 minutes'
FROM (
    VALUES
        (1, 'admin@example.com', 'Admin'), (2, 'user@example.com', 'User'), (3, 'collab@example.com', 'Collaborator'),
        (4, 'stranger@example.com', 'Stranger'), (5, 'ines@example.com', 'Ines'), (6, 'jonas@example.com', 'Jonas'),
        (7, 'mira@example.com', 'Mira'), (8, 'tomas@example.com', 'Tomas')
) AS people (number, email, display_name)
ON CONFLICT DO NOTHING;

-- What people talk about: ten themes of six topics. Each topic is a skill, a goal, an accomplishment, and a detail.
CREATE TEMPORARY TABLE graph_topics (theme, number, category, skill, goal, accomplishment, detail) AS
VALUES
    (1, 1, 'health', 'pacing a long run', 'Run a half marathon under two hours', 'Finished the spring half marathon',
        'the first kilometres were too fast, and the legs were heavy after the river bridge'),
    (1, 2, 'health', 'hill intervals', 'Climb the castle hill without walking', 'Ran eight hill repeats in a row',
        'short steep repeats, slow jog down, watch the breathing'),
    (1, 3, 'health', 'stretching after a run', 'Keep the calves free of cramps', 'A month without a cramp',
        'ten minutes on the mat, calves and hips first'),
    (1, 4, 'health', 'trail running in mud', 'Take part in the forest relay', 'Ran the second leg of the forest relay',
        'roots under wet leaves, shorter steps, shoes with a rough sole'),
    (1, 5, 'health', 'reading heart rate zones', 'Train slow on slow days', 'Three weeks of easy runs in zone two',
        'the watch complained, although talking was still easy'),
    (1, 6, 'health', 'recovering from a sore knee', 'Run again without pain', 'First ten kilometres after the injury',
        'strength for the thigh, ice in the evening, no downhill yet'),
    (2, 1, 'home', 'baking sourdough bread', 'Bake a loaf with an open crumb', 'A loaf that rose like a balloon',
        'the starter doubled in four hours, the oven was full of steam'),
    (2, 2, 'home', 'sharpening kitchen knives', 'Cut onions without tears', 'Sharpened all knives on the whetstone',
        'fifteen degrees, slow strokes, a burr along the whole edge'),
    (2, 3, 'home', 'cooking lentils and beans', 'Cook without meat on weekdays', 'Twenty dinners without meat',
        'soak overnight, bay leaf and cumin, salt only at the end'),
    (2, 4, 'home', 'seasoning by taste', 'Cook a dinner without a recipe', 'Cooked for six guests from memory',
        'acid first, then salt, then a little fat to round the soup'),
    (2, 5, 'home', 'planning meals for a week', 'Throw away less food', 'An empty fridge on Sunday evening',
        'one list, three shops fewer, soup from what was left'),
    (2, 6, 'home', 'fermenting cabbage', 'Make kimchi like the neighbour', 'The first jar of kimchi was eaten in a day',
        'two per cent salt, a stone on top, bubbles after three days'),
    (3, 1, 'music', 'playing scales evenly', 'Play all major scales hands together', 'All twelve scales with metronome',
        'thumb under without a bump, metronome at eighty'),
    (3, 2, 'music', 'sight-reading', 'Read a new piano piece every week', 'Played a minuet at first sight',
        'eyes ahead of the hands, never stop for a wrong note'),
    (3, 3, 'music', 'playing the left hand quietly', 'Let the melody sing above the chords', 'The nocturne sounded soft',
        'weight of the arm on the fifth finger, chords like breathing'),
    (3, 4, 'music', 'improvising over four chords', 'Play with the jazz band', 'Took a solo at the open stage',
        'two notes are enough, leave space for the drummer'),
    (3, 5, 'music', 'memorising a sonata', 'Play a recital by heart', 'Played the sonata without the score',
        'learn the last page first, sing the bass line in the tram'),
    (3, 6, 'music', 'tuning by ear', 'Hear a fifth that is not pure', 'Tuned the old piano of the school',
        'listen to the beating between the strings until it stops'),
    (4, 1, 'home', 'sowing tomatoes', 'Harvest tomatoes from the balcony', 'Eleven kilos of tomatoes from six plants',
        'seeds on the window sill in March, outside after the last frost'),
    (4, 2, 'home', 'making compost', 'Feed the soil without buying any', 'The first wheelbarrow of dark compost',
        'leaves and kitchen waste in layers, turned once a month'),
    (4, 3, 'home', 'pruning apple trees', 'Bring the old apple tree back', 'The old tree bloomed again',
        'cut what grows inwards, leave light for the fruit'),
    (4, 4, 'home', 'keeping slugs away', 'Save the lettuce', 'A whole bed of lettuce without holes',
        'copper band, watering in the morning, a hedgehog helps'),
    (4, 5, 'home', 'watering sparingly', 'Get the garden through a dry summer', 'July without a garden hose',
        'mulch under the roses, deep roots, a barrel below the gutter'),
    (4, 6, 'home', 'attracting bees', 'Have something in bloom from March to October', 'A bumblebee nest under the shed',
        'crocus, thyme, phacelia, ivy: one after the other'),
    (5, 1, 'language', 'Spanish past tenses', 'Tell a story in Spanish', 'Told the story of the lost suitcase in Spanish',
        'imperfect for what was, preterite for what happened'),
    (5, 2, 'language', 'rolling the r', 'Say ferrocarril without a laugh', 'The baker no longer asks where I am from',
        'tongue loose behind the teeth, practise in the shower'),
    (5, 3, 'language', 'listening to fast speech', 'Follow a Spanish film without subtitles', 'Understood a whole film',
        'first the verbs, then the rest; twice without a pause'),
    (5, 4, 'language', 'words for the market', 'Shop in Valencia without English', 'Bought fish and saffron in Spanish',
        'half a kilo, is it fresh, too dear, thank you'),
    (5, 5, 'language', 'the subjunctive', 'Wish and doubt in Spanish', 'Wrote a letter full of subjunctives',
        'ojalá and espero que, ten sentences a day'),
    (5, 6, 'language', 'writing letters abroad', 'Write to the exchange family', 'Got an answer of four pages',
        'greeting, news, one question for each person of the family'),
    (6, 1, 'work', 'writing tests first', 'Ship the importer without a bug report', 'A release without a hotfix',
        'name the case, see it fail, write the least that passes'),
    (6, 2, 'work', 'reading query plans', 'Make the slow report fast', 'The report answers in 80 milliseconds',
        'a sequential scan over the orders table, an index on the foreign key'),
    (6, 3, 'work', 'reviewing code kindly', 'Answer every pull request within a day', 'No review older than a day in March',
        'ask before judging, praise what is clear, one topic a comment'),
    (6, 4, 'work', 'debugging with a bisect', 'Find the memory leak', 'Found the commit that leaked',
        'halve the history, write the check as a script, let it run'),
    (6, 5, 'work', 'automating deployments', 'Deploy on a Friday without fear', 'Rolled back in forty seconds',
        'one command, one checklist, a switch for the new feature'),
    (6, 6, 'work', 'explaining software to others', 'Hand the billing service over', 'The new colleague fixed a bug alone',
        'draw boxes, tell what is ugly, let her drive the keyboard'),
    (7, 1, 'art', 'mixing greens', 'Paint the forest in watercolour', 'A forest that is not one green',
        'ultramarine and burnt sienna, never green from the tube'),
    (7, 2, 'art', 'drawing hands', 'Fill a sketchbook with hands', 'Forty hands in one sketchbook',
        'see the mitten first, then the fingers as boxes'),
    (7, 3, 'art', 'seeing negative space', 'Draw a chair that stands', 'The chair study hangs in the hall',
        'draw the air between the legs, not the legs'),
    (7, 4, 'art', 'working with a limited palette', 'Paint a portrait with three colours', 'Portrait of the grandmother',
        'ochre, red and black, the white is the paper'),
    (7, 5, 'art', 'etching on copper', 'Print a small edition', 'Ten prints of the harbour, numbered and signed',
        'acid for six minutes, wipe the plate, press twice'),
    (7, 6, 'art', 'perspective of streets', 'Draw the old town from memory', 'Showed the town drawings in the library',
        'two vanishing points, eye level at the bakery window'),
    (8, 1, 'money', 'keeping a household budget', 'Save three months of expenses', 'The reserve is full',
        'fixed costs first, an envelope for each week, no card on Sundays'),
    (8, 2, 'money', 'reading an electricity bill', 'Spend a fifth less on power', 'The bill fell by ninety euros',
        'standby of the old freezer, night tariff, thicker curtains'),
    (8, 3, 'money', 'filing the tax return', 'Hand the taxes in before May', 'Refund arrived in June',
        'receipts in one box, travel costs by month, deadline in the calendar'),
    (8, 4, 'money', 'negotiating a salary', 'Ask for a raise', 'Seven per cent more from July',
        'three results with numbers, then silence, then patience'),
    (8, 5, 'money', 'investing in index funds', 'Invest every month without looking', 'A year of monthly instalments',
        'low fees, broad market, no news in the morning'),
    (8, 6, 'money', 'paying back a loan', 'Be free of the student loan', 'Paid the last instalment',
        'extra payments in spring, interest shrinks, letter of the bank framed'),
    (9, 1, 'work', 'opening a talk', 'Speak at the regional conference', 'Gave the opening talk',
        'a question, a pause, the first sentence by heart'),
    (9, 2, 'work', 'speaking slowly', 'Be understood in the last row', 'Nobody asked to repeat',
        'breathe at the full stop, look at one face at a time'),
    (9, 3, 'work', 'answering hard questions', 'Stay calm on a panel', 'Moderated the panel on privacy',
        'repeat the question, say what is not known, promise the source'),
    (9, 4, 'work', 'telling a story with numbers', 'Present the annual results', 'The board asked for the slides',
        'one chart a minute, the outlier first, units on every axis'),
    (9, 5, 'work', 'writing a speech', 'Give the toast at the wedding', 'The toast made the bride laugh',
        'short sentences, one memory, end with the glass'),
    (9, 6, 'work', 'leading a meeting', 'End meetings on time', 'Four weeks of meetings without overrun',
        'agenda as questions, a timekeeper, decisions read aloud at the end'),
    (10, 1, 'health', 'falling asleep early', 'Sleep seven hours on weekdays', 'Thirty nights before eleven',
        'no screen in bed, cool room, book with paper pages'),
    (10, 2, 'health', 'breathing against stress', 'Keep calm before exams', 'Slept well before the exam',
        'four in, six out, feet on the floor'),
    (10, 3, 'health', 'meditating in the morning', 'Meditate twenty minutes a day', 'Fifty mornings on the cushion',
        'count to ten, begin again, no judging of the wandering mind'),
    (10, 4, 'health', 'saying no', 'Keep one evening a week free', 'Said no to the third committee',
        'thank you, not this year, no excuse needed'),
    (10, 5, 'health', 'writing a journal', 'Write three lines every night', 'One notebook full, the first since school',
        'what went well, what hurt, what comes tomorrow'),
    (10, 6, 'health', 'walking without a phone', 'See the same park in four seasons', 'A winter of daily walks',
        'an hour, no music, one thing to look at closely');

-- Fifteen feelings: how a label begins, and what the person said.
CREATE TEMPORARY TABLE graph_feelings (number, beginning, said) AS
VALUES
    (1, 'Proud of', 'It feels good to see how far this has come.'),
    (2, 'Nervous about', 'The stomach tightens the evening before.'),
    (3, 'Calm after', 'Everything was quiet for an hour.'),
    (4, 'Frustrated with', 'Two steps back again; it makes me angry.'),
    (5, 'Curious about', 'I want to know how others do it.'),
    (6, 'Grateful for', 'Without help this would not have happened.'),
    (7, 'Ashamed of', 'I did not tell anybody that it went wrong.'),
    (8, 'Excited about', 'I could hardly wait until Saturday.'),
    (9, 'Tired of', 'It is the same every week, and I yawn at the thought.'),
    (10, 'Relieved about', 'A weight fell off when it was over.'),
    (11, 'Jealous at', 'My sister needs half the time for it.'),
    (12, 'Lonely with', 'Nobody at home shares this.'),
    (13, 'Hopeful about', 'It might work out by autumn.'),
    (14, 'Bored by', 'There is nothing new in it any more.'),
    (15, 'Afraid of', 'What if everybody sees that I cannot do it?');

-- 225 nodes of each person, who has five of the themes and so thirty topics: three sessions, a goal, a skill and an
-- accomplishment for each, and 45 emotions. The slot, 1 to 90, is when in the time of the data a node was told of. The
-- last three emotions of each person are the first three told once more, and taken away again.
CREATE TEMPORARY TABLE graph_told AS
WITH own AS (
    SELECT
        person.number AS person,
        row_number() OVER (PARTITION BY person.number ORDER BY md5(person.number || t.skill)) AS topic,
        t.*
    FROM generate_series(1, 8) AS person (number)
    JOIN pg_temp.graph_topics AS t ON (t.theme + person.number) % 10 IN (0, 1, 3, 6, 8)
), named AS (
    SELECT
        person, 'session' AS node_type, 3 * topic - 2 + repeated AS number, topic, 3 * topic - 2 + repeated AS slot,
        'Session ' || 3 * topic - 2 + repeated || ': ' || skill AS label,
        (ARRAY['We talked about ', 'A short call on ', 'Told on a walk, about '])[1 + repeated] || skill || ': ' || detail
            || (ARRAY['. Next time we look at it again.', '. It goes better than last week.', '. Enough of it for now.'])
                [1 + repeated] AS description,
        category, theme
    FROM own
    CROSS JOIN generate_series(0, 2) AS repeated
    UNION ALL
    SELECT
        person, 'goal', topic, topic, 3 * topic - 2, goal,
        'Wants to get there by ' || skill || ': ' || detail || '.', category, theme
    FROM own
    UNION ALL
    SELECT
        person, 'skill', topic, topic, 3 * topic - 1, upper(left(skill, 1)) || substr(skill, 2),
        'What helps with it: ' || detail || '.', category, theme
    FROM own
    UNION ALL
    SELECT
        person, 'accomplishment', topic, topic, 3 * topic, accomplishment,
        'Reached what was meant by “' || goal || '”: ' || detail || '.', category, theme
    FROM own
    UNION ALL
    SELECT
        o.person, 'emotion', e.number, o.topic, 2 * e.number, f.beginning || ' ' || o.skill, f.said || ' It was about '
            || o.detail || '.', NULL, o.theme
    FROM generate_series(1, 45) AS e (number)
    CROSS JOIN LATERAL (SELECT CASE WHEN e.number > 42 THEN e.number - 42 ELSE e.number END AS of) AS first
    JOIN pg_temp.graph_feelings AS f ON f.number = 1 + (first.of - 1) % 15
    JOIN own AS o ON o.topic = 1 + (first.of * 2 + (first.of - 1) / 15 + o.person) % 30
)
SELECT
    named.*,
    md5('graph node ' || concat_ws(' ', person, node_type, number))::uuid AS id,
    md5('graph profile ' || person)::uuid AS user_id,
    dice.roll,
    told.at AS created_at,
    node_type = 'emotion' AND number > 42 AS taken_away,
    row_number() OVER (ORDER BY slot, md5(concat_ws(' ', person, node_type, number))) AS place,
    row_number() OVER (ORDER BY md5(concat_ws(' ', 'status', person, node_type, number))) AS lot
FROM named
CROSS JOIN LATERAL (
    SELECT ('x' || left(md5(concat_ws(' ', person, node_type, number)), 7))::bit(28)::integer AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT date_trunc('day', now(), 'UTC') - (90 - slot) * 112 / 90 * interval '1 day' AS day
) AS planned
-- Of what falls on a week-end, two thirds were told on a working day before.
CROSS JOIN LATERAL (
    SELECT
        planned.day - CASE
            WHEN dice.roll % 3 = 0 THEN interval '0 days'
            WHEN extract(isodow FROM planned.day AT TIME ZONE 'UTC') = 6 THEN (1 + dice.roll % 5) * interval '1 day'
            WHEN extract(isodow FROM planned.day AT TIME ZONE 'UTC') = 7 THEN (2 + dice.roll % 5) * interval '1 day'
            ELSE interval '0 days'
        END + (420 + dice.roll % 840) * interval '1 minute' AS at
) AS aimed
CROSS JOIN LATERAL (
    SELECT least(aimed.at, now() - (1 + dice.roll % 300) * interval '1 minute') AS at
) AS told;

-- 1,800 nodes. Two thirds have a status: a quarter of these is curated, and three have a word that is none.
-- Of the embeddings 70 % are completed, 4 % failed (all of them in the days when the service was away), 6 % are being
-- generated, and the newest 20 % are waiting.
CREATE TEMPORARY TABLE graph_made AS
SELECT
    id,
    user_id,
    node_type,
    label,
    description,
    jsonb_strip_nulls(jsonb_build_object(
        'category', category,
        'priority', CASE WHEN node_type = 'goal' THEN (ARRAY['high', 'medium', 'medium', 'low'])[1 + roll % 4] END,
        'level', CASE WHEN node_type = 'skill' THEN 1 + roll % 5 END,
        'intensity', CASE WHEN node_type = 'emotion' THEN 1 + roll % 10 END,
        'duration_minutes', CASE WHEN node_type = 'session' THEN 5 + roll % 50 END,
        'channel', CASE WHEN node_type = 'session' THEN (ARRAY['voice', 'voice', 'text'])[1 + roll % 3] END
    )) AS properties,
    created_at,
    CASE
        WHEN roll % 3 = 0 AND created_at < now() - roll % 20 * interval '1 day'
            THEN created_at + roll % 20 * interval '1 day'
        ELSE created_at
    END AS updated_at,
    CASE WHEN taken_away THEN least(created_at + interval '1 hour', now()) END AS deleted_at,
    CASE
        WHEN lot <= 300 THEN 'curated'
        WHEN lot <= 303 THEN (ARRAY['approved', 'Curated', 'todo'])[lot - 300]
        WHEN lot <= 1200 THEN 'draft_verbal'
    END AS status,
    CASE
        WHEN place BETWEEN 1001 AND 1072 THEN 'failed'
        WHEN place > 1440 THEN 'pending'
        WHEN place > 1332 THEN 'generating'
        ELSE 'completed'
    END AS embedding_status,
    least(created_at + (1 + roll % 30) * interval '1 minute', now()) AS embedded_at
FROM pg_temp.graph_told;

DO $$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute
        WHERE attrelid = 'public.graph_nodes'::regclass
            AND attname = 'status'
            AND NOT attisdropped
    ) THEN
        INSERT INTO public.graph_nodes
            (id, user_id, node_type, label, description, properties, created_at, updated_at, deleted_at, status,
            embedding_status, embedding_generated_at)
        SELECT
            id, user_id, node_type, label, description, properties, created_at, updated_at, deleted_at,
            CASE status WHEN 'curated' THEN 'curated'::public.node_status ELSE 'draft_verbal' END,
            embedding_status,
            CASE embedding_status WHEN 'completed' THEN embedded_at END
        FROM pg_temp.graph_made
        ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO public.graph_nodes
            (id, user_id, node_type, label, description, properties, created_at, updated_at, deleted_at)
        SELECT
            id, user_id, node_type, label, description,
            properties || jsonb_strip_nulls(jsonb_build_object('status', status)),
            created_at, updated_at, deleted_at
        FROM pg_temp.graph_made
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;

-- 5,000 edges, 625 of each person, of nine types. What ends does so when a node is taken away, or after a while.
INSERT INTO public.graph_edges
    (id, user_id, source_node_id, target_node_id, edge_type, properties, valid_from, valid_to, created_at)
SELECT
    md5('graph edge ' || concat_ws(' ', a.id, b.id, edge.edge_type))::uuid,
    a.user_id,
    a.id,
    b.id,
    edge.edge_type,
    jsonb_build_object('weight', round(0.2 + dice.roll % 80 / 100.0, 2)),
    began.at,
    ended.at,
    began.at
FROM pg_temp.graph_told AS a
JOIN pg_temp.graph_told AS b ON b.person = a.person AND b.id <> a.id
CROSS JOIN LATERAL (
    SELECT 'mentioned_in' WHERE a.node_type <> 'session' AND b.node_type = 'session' AND b.slot = a.slot
    UNION ALL
    SELECT 'works_towards' WHERE a.node_type = 'skill' AND b.node_type = 'goal' AND b.topic = a.topic
    UNION ALL
    SELECT 'achieved' WHERE a.node_type = 'accomplishment' AND b.node_type = 'goal' AND b.topic = a.topic
    UNION ALL
    SELECT 'felt_about' WHERE a.node_type = 'emotion' AND b.node_type = 'skill' AND b.topic = a.topic
    UNION ALL
    SELECT CASE WHEN a.number % 15 IN (1, 3, 5, 6, 8, 10, 13) THEN 'helps' ELSE 'hinders' END
    WHERE a.node_type = 'emotion' AND b.node_type = 'goal' AND b.topic = a.topic AND a.number <= 41
    UNION ALL
    SELECT 'precedes' WHERE a.node_type = 'session' AND b.node_type = 'session' AND b.slot = a.slot + 1
    UNION ALL
    SELECT 'about' WHERE a.node_type = 'session' AND b.node_type IN ('skill', 'goal') AND b.topic = a.topic
    UNION ALL
    SELECT 'related_to'
    WHERE a.node_type = 'skill' AND b.node_type = 'skill' AND b.theme = a.theme AND b.topic > a.topic
) AS edge (edge_type)
CROSS JOIN LATERAL (
    SELECT ('x' || left(md5(concat_ws(' ', a.id, b.id, edge.edge_type)), 7))::bit(28)::integer AS roll
) AS dice
CROSS JOIN LATERAL (SELECT greatest(a.created_at, b.created_at) AS at) AS began
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN a.taken_away THEN least(began.at + interval '1 hour', now())
            WHEN dice.roll % 8 = 0 THEN began.at + (1 + dice.roll % 40) * interval '1 day'
        END AS at
) AS chosen
CROSS JOIN LATERAL (SELECT CASE WHEN chosen.at <= now() THEN chosen.at END AS at) AS ended
-- A node that is not there, since somebody else's stands in its place, has no edges.
WHERE EXISTS (SELECT FROM public.graph_nodes AS n WHERE n.id = a.id)
    AND EXISTS (SELECT FROM public.graph_nodes AS n WHERE n.id = b.id)
ON CONFLICT DO NOTHING;

DROP TABLE pg_temp.graph_made, pg_temp.graph_told, pg_temp.graph_feelings, pg_temp.graph_topics;

-- Estimates of rows are right at once, not only after autovacuum has come by.
ANALYZE public.profiles, public.graph_nodes, public.graph_edges;

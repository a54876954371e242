-- Sample data of the whole folder: two people, what they asked about eighteen subjects, and what it cost,
-- told in times before now. What looks like chance is taken from md5 of a row's key. The people are made up.
-- Loading it twice changes nothing. Embeddings are not in here: embeddings.toml says from which texts they are made.

-- ------------------------------------------------------------------------------------------------------------------
-- People, a project, its tasks and tags
-- ------------------------------------------------------------------------------------------------------------------

-- 2 people: all else belongs to them.
INSERT INTO public.users (id, email, name, role, permissions, preferences, metadata, created_at, updated_at)
SELECT
    person.id,
    person.id || '@example.com',
    person.name,
    person.id,
    person.permissions::jsonb,
    person.preferences::jsonb,
    '{"sample": true}',
    now() - interval '119 days',
    now() - interval '119 days'
FROM (
    VALUES
        ('admin', 'Admin', '{"manage_users": true, "manage_budgets": true}', '{"theme": "dark", "model": "gpt-4o"}'),
        ('user', 'User', '{}', '{"theme": "light", "model": "gpt-4o-mini"}')
) AS person (id, name, permissions, preferences)
ON CONFLICT DO NOTHING;

-- 2 tokens that open nothing.
INSERT INTO public.user_tokens (id, user_id, provider, access_token, refresh_token, scope, expires_at, updated_at)
SELECT
    md5('token ' || person.id)::uuid,
    person.id,
    'google',
    'made-up-access-token-of-' || person.id,
    'made-up-refresh-token-of-' || person.id,
    ARRAY['drive.readonly', 'gmail.readonly'],
    now() - interval '1 hour',
    now() - interval '2 hours'
FROM (VALUES ('admin'), ('user')) AS person (id)
ON CONFLICT DO NOTHING;

-- 1 project: the house is being renovated.
INSERT INTO public.projects
    (id, owner_id, name, description, status, priority, tags, metadata, stats, category_id, created_at, updated_at)
VALUES (
    'project_renovation', 'admin', 'Renovation of the house',
    'Bathroom, windows, attic and floors of the old house, with plans, offers, site meetings and costs', 'active',
    'high', ARRAY['house', 'craft', 'budget'], '{"budget": 38000, "currency": "EUR"}',
    '{"tasks": 24, "spent_percent": 71}', 'personal', now() - interval '118 days', now() - interval '20 hours'
)
ON CONFLICT DO NOTHING;

-- 24 tasks in the order of the work: fourteen done, four in hand, six to come.
INSERT INTO public.project_tasks
    (id, project_id, assignee_id, title, status, priority, due_on, created_at, completed_at)
SELECT
    md5('task ' || listed.number)::uuid,
    'project_renovation',
    (ARRAY['admin', 'admin', 'user', NULL])[1 + dice.roll % 4],
    listed.title,
    state.word,
    (ARRAY['low', 'medium', 'medium', 'high', 'critical'])[1 + dice.roll / 4 % 5],
    (now() AT TIME ZONE 'UTC')::date + (listed.number::integer - 16) * 6,
    born.at,
    CASE state.word WHEN 'done' THEN born.at + (3 + dice.roll % 12) * interval '24 hours' END
FROM unnest(ARRAY[
    'Have the beams and walls looked at by a structural engineer', 'Compare three offers for the windows',
    'Order five windows with triple glazing', 'Take out the old bath', 'Support the floor under the bath with props',
    'Replace the rotten beam', 'Run new pipes for the radiators', 'Pressure test of the pipes overnight',
    'Chase the kitchen wall for sockets', 'Register the wallbox circuit with the electrician',
    'Blow cellulose between the attic joists', 'Tape the vapour barrier at the roof window',
    'Knock off the damp plaster in the cellar', 'Sand the floorboards in the living room',
    'Fit the windows on the north side', 'Plaster the reveals of the windows', 'Prime the bathroom wall',
    'Seal the shower and lay the tiles', 'Grout the bathroom tiles', 'Build the drywall partition in the attic',
    'Paint the ceilings of the upper floor', 'Oil the handrail of the staircase',
    'Collect all invoices for the tax return', 'Final cleaning and a party for the craftsmen'
]) WITH ORDINALITY AS listed (title, number)
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('task ' || listed.number), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT CASE WHEN listed.number <= 14 THEN 'done' WHEN listed.number <= 18 THEN 'doing' ELSE 'todo' END AS word
) AS state
CROSS JOIN LATERAL (
    SELECT now() - ((119 - listed.number * 4) * 24 - dice.roll % 9) * interval '1 hour' AS at
) AS born
ON CONFLICT DO NOTHING;

-- 8 tags.
INSERT INTO public.project_tags (project_id, tag, color)
VALUES
    ('project_renovation', 'attic', '#8d6e63'),
    ('project_renovation', 'bathroom', '#4fc3f7'),
    ('project_renovation', 'budget', '#ffb300'),
    ('project_renovation', 'cellar', '#78909c'),
    ('project_renovation', 'craft', '#7cb342'),
    ('project_renovation', 'floors', '#a1887f'),
    ('project_renovation', 'house', '#5c6bc0'),
    ('project_renovation', 'windows', '#26a69a')
ON CONFLICT DO NOTHING;

-- ------------------------------------------------------------------------------------------------------------------
-- Conversations: what was asked and answered, and what was kept of it
-- ------------------------------------------------------------------------------------------------------------------

-- 100 conversations on eighteen subjects; each subject is one person's. Two months later they are put away.
INSERT INTO public.conversations
    (id, user_id, project_id, title, status, category_id, created_at, updated_at)
SELECT
    'conv_' || lpad(listed.number::text, 3, '0'),
    subject.user_id,
    CASE subject.name WHEN 'home renovation' THEN 'project_renovation' END,
    listed.title,
    CASE WHEN born.at < now() - interval '60 days' THEN 'archived' ELSE 'active' END,
    subject.category_id,
    born.at,
    born.at
FROM (
    VALUES
        (1, 1, 'Slow report query'),
        (2, 1, $$Restoring last night's dump$$),
        (3, 1, 'Replica falls behind'),
        (4, 1, 'Autovacuum settings'),
        (5, 1, 'Unused indexes'),
        (6, 1, 'Too many connections'),
        (7, 2, 'Flaky build'),
        (8, 2, 'Slow test suite'),
        (9, 2, 'Mocking the payment API'),
        (10, 2, 'Coverage target'),
        (11, 2, 'Property-based tests for the parser'),
        (12, 2, 'Browser tests time out'),
        (13, 3, 'Dragon encounter for five players'),
        (14, 3, 'Tavern scene'),
        (15, 3, 'Goblins that are not boring'),
        (16, 3, 'Death of a character'),
        (17, 3, 'Session zero checklist'),
        (18, 3, 'Loot for the rogue'),
        (19, 4, 'Why Cannae worked'),
        (20, 4, 'Feeding a Napoleonic army'),
        (21, 4, 'Cavalry against squares'),
        (22, 4, 'Siege warfare reading'),
        (23, 4, 'Encirclement on the Volga'),
        (24, 4, 'Museum weekend'),
        (25, 5, 'Late paying client'),
        (26, 5, 'Home office'),
        (27, 5, 'VAT for a French customer'),
        (28, 5, 'Quarterly payment too high'),
        (29, 5, 'Writing off the laptop'),
        (30, 5, 'Invoice with wrong amount'),
        (31, 6, 'Winter range'),
        (32, 6, 'Trip to the coast'),
        (33, 6, 'Wallbox power'),
        (34, 6, 'Battery health'),
        (35, 6, 'Stuck charging plug'),
        (36, 6, 'Towing with the car'),
        (37, 7, 'First telescope'),
        (38, 7, 'Comet this week'),
        (39, 7, 'Blurry Saturn'),
        (40, 7, 'Meteor night'),
        (41, 7, 'Galaxies from the balcony'),
        (42, 7, 'Moon for the children'),
        (43, 8, 'Bishop or knight'),
        (44, 8, 'Rook and pawn ending'),
        (45, 8, 'Opening against e4'),
        (46, 8, 'Bishop sacrifice on h7'),
        (47, 8, 'Time trouble'),
        (48, 8, 'Junior training plan'),
        (49, 9, 'Bathroom wall'),
        (50, 9, 'Attic insulation'),
        (51, 9, 'Old floorboards'),
        (52, 9, 'Window offer'),
        (53, 9, 'Rotten beam'),
        (54, 9, 'Damp cellar wall'),
        (55, 10, 'Loaf collapsed'),
        (56, 10, 'Sluggish starter'),
        (57, 10, 'Crust too pale'),
        (58, 10, 'Bread for guests'),
        (59, 10, 'Rye share'),
        (60, 11, 'Plan for the autumn race'),
        (61, 11, 'Calf pain after intervals'),
        (62, 11, 'Pace for 3:45'),
        (63, 11, 'Gels'),
        (64, 11, 'Week before the race'),
        (65, 12, 'Yellow leaves'),
        (66, 12, 'Monstera too big'),
        (67, 12, 'Tiny flies in the pots'),
        (68, 12, 'Plants on holiday'),
        (69, 12, 'Orchid does not bloom'),
        (70, 13, 'When to reef'),
        (71, 13, 'Anchoring overnight'),
        (72, 13, 'Tide at the entrance'),
        (73, 13, 'Crew for the cruise'),
        (74, 13, 'Rope in the propeller'),
        (75, 14, 'Blurred portraits'),
        (76, 14, 'Lens for the mountains'),
        (77, 14, 'Sunset too dark'),
        (78, 14, 'School gym pictures'),
        (79, 14, 'Photo book'),
        (80, 15, 'Going flat'),
        (81, 15, 'Warm-up before the concert'),
        (82, 15, 'Choosing the encore'),
        (83, 15, 'Rehearsal plan'),
        (84, 15, 'New singer'),
        (85, 16, 'Time for the super'),
        (86, 16, 'Varroa count'),
        (87, 16, 'Swarm in the plum tree'),
        (88, 16, 'Winter food'),
        (89, 16, 'Dead colony'),
        (90, 17, 'Rail pass'),
        (91, 17, 'Where to stay in Kyoto'),
        (92, 17, 'Cherry blossom time'),
        (93, 17, 'Onsen with children'),
        (94, 17, 'Luggage on the train'),
        (95, 18, $$After the parents' evening$$),
        (96, 18, 'Fractions'),
        (97, 18, 'Spelling words'),
        (98, 18, 'Forgotten homework'),
        (99, 18, 'School trip'),
        (100, 12, 'Watering plan for the winter')
) AS listed (number, subject, title)
JOIN (
    VALUES
        (1, 'database operations', 'development', 'admin'),
        (2, 'software testing', 'development', 'admin'),
        (3, 'tabletop role-playing', 'dnd', 'admin'),
        (4, 'military history', 'military', 'admin'),
        (5, 'tax and invoices', 'business', 'admin'),
        (6, 'electric car', 'general', 'admin'),
        (7, 'astronomy observing', 'general', 'admin'),
        (8, 'chess', 'general', 'admin'),
        (9, 'home renovation', 'personal', 'admin'),
        (10, 'sourdough bread', 'personal', 'user'),
        (11, 'marathon training', 'personal', 'user'),
        (12, 'houseplants', 'personal', 'user'),
        (13, 'sailing', 'general', 'admin'),
        (14, 'photography', 'general', 'user'),
        (15, 'choir music', 'personal', 'user'),
        (16, 'beekeeping', 'general', 'user'),
        (17, 'travel in Japan', 'general', 'user'),
        (18, $$child's school$$, 'personal', 'user')
) AS subject (number, name, category_id, user_id) ON subject.number = listed.subject
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('conversation ' || listed.number), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT date_trunc('day', now(), 'UTC') - (1 + dice.roll % 116) * interval '24 hours' AS midnight
) AS drawn
-- Three of four that would fall on a week-end were on the Friday before.
CROSS JOIN LATERAL (
    SELECT drawn.midnight
        - CASE WHEN dice.roll / 116 % 4 > 0 THEN greatest(extract(isodow FROM drawn.midnight AT TIME ZONE 'UTC') - 5, 0)
            ELSE 0 END * interval '24 hours'
        + (450 + dice.roll / 464 % 840) * interval '1 minute' AS at
) AS born
ON CONFLICT DO NOTHING;

-- 307 messages: question and answer in turn. A trigger counts them; the last conversation waits for its answer.
INSERT INTO public.messages (id, conversation_id, user_id, role, content, tokens_used, metadata, created_at)
SELECT
    'msg_' || lpad(listed.conversation::text, 3, '0') || '_' || said.place,
    c.id,
    c.user_id,
    CASE said.place % 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
    said.content,
    length(said.content) / 4 + 3,
    CASE said.place % 2 WHEN 0 THEN jsonb_build_object('model', (ARRAY[
        'gpt-4o', 'gpt-4o-mini', 'claude-3-5-sonnet'
    ])[1 + listed.conversation % 3]) END,
    c.created_at + ((said.place - 1) * 75 + listed.conversation * 7 % 20 * (said.place - 1)) * interval '1 second'
FROM (
    VALUES
        (1, ARRAY[
            'The monthly report query takes twelve seconds since the orders table grew. Where do I look first?',
            'Run EXPLAIN (ANALYZE, BUFFERS) on the query. If it shows a sequential scan with a filter that drops most rows, an index on the filtered columns will help.',
            'It filters by customer and date. One index or two?',
            'One index on both columns, customer first, because you compare the customer by equality and the date by range.']),
        (2, ARRAY[
            $$Can I restore a single table from last night's pg_dump?$$,
            'Yes, with pg_restore --table from the custom format file. Restore it under another schema first and compare the rows.',
            'How do I know that the backup was complete?',
            'Restore it into an empty server and compare row counts for each table with the primary at the time of the dump.']),
        (3, ARRAY[
            'The replica is forty seconds behind the primary. Is the network to blame?',
            'Look at replay_lag rather than write_lag. If only replay is late, a long query on the replica conflicts with vacuum and holds replay back.',
            'Should I cancel that query or allow more delay?',
            'Lower max_standby_streaming_delay if the replica is for failover; send the reports to a second replica that may lag.']),
        (4, ARRAY[
            'Autovacuum hardly ever touches our largest table. How can I make it run more often?',
            'Set autovacuum_vacuum_scale_factor = 0.02 on that table with ALTER TABLE, so it starts after two per cent of dead rows.']),
        (5, ARRAY[
            'Which of our indexes can go?',
            'Those with idx_scan of zero on the primary and on the replica, unless they enforce a unique or primary key.']),
        (6, ARRAY[
            'Postgres refuses new connections in the morning. Do I raise max_connections?',
            'Rather put PgBouncer in front in transaction mode. Twenty server connections are enough for this database on eight cores.']),
        (7, ARRAY[
            'The build fails about once a day on the same test, but never on my machine.',
            'Run that test two hundred times in random order in CI. If it fails only after certain tests, they share state; if it fails alone, look for time or network.',
            'It fails alone, always shortly after midnight.',
            'Then it reads the date twice. Give the code a clock as a parameter and freeze it in the test.']),
        (8, ARRAY[
            'Our suite takes eleven minutes and people stop running it. What can I do?',
            'Print the twenty slowest tests first. Usually a handful of fixtures that start a server take half of the time.',
            'Starting the server takes most of it, once per test.',
            'Start it once per session and roll back a transaction after each test, so tests stay independent.']),
        (9, ARRAY[
            'Should I mock the payment provider in unit tests?',
            'Mock at the border, with a small fake that behaves like the provider, and keep one contract test against its sandbox.',
            'The sandbox is down every other week.',
            'Run the contract test nightly and not in the pull request build, so that its failure informs but does not block.']),
        (10, ARRAY[
            'Management wants one hundred per cent coverage. Good idea?',
            'Coverage shows untested lines, not good tests. Offer a floor for changed lines and a review of untested branches.']),
        (11, ARRAY[
            'Can I test the parser without writing fifty examples?',
            'Yes: generate values, print them, parse them again and assert that the result equals the value. Hypothesis shrinks the failing input for you.']),
        (12, ARRAY[
            'Half of our browser tests end in a timeout. Are they worth it?',
            'Keep the few that follow the checkout, wait for conditions rather than sleeping, and move the other checks to unit tests.']),
        (13, ARRAY[
            'My party is level six and wants to fight a young dragon. Will they survive?',
            'Probably, if they start close to it. Use breath once, then fly and return; a failed saving throw should hurt but leave the cleric standing.',
            'What if the rogue tries to steal from its hoard first?',
            $$Ask for stealth against the dragon's passive perception with disadvantage on coins. Failure wakes it, but let it talk before it bites.$$]),
        (14, ARRAY[
            $$I need a lively tavern scene to begin tonight's session.$$,
            'Start with a card game: a gnome cheats, a dwarf notices, and the wizard at the next table is the courier everybody is hunting.',
            'The players always start a brawl. How do I run that quickly?',
            'Two rounds, improvised weapons only, everyone describes one deed and rolls once. Then the guard arrives.']),
        (15, ARRAY[
            'How can goblins still be a challenge for a fourth level party?',
            'Let them fight unfairly: nets, pits, hiding as a bonus action, and fleeing to warn the next cave.',
            'And the boss?',
            'A goblin shaman with web and misty step who throws a potion of darkness when the fighter comes near.']),
        (16, ARRAY[
            $$A player's paladin died yesterday and he is sad. Raise him with magic?$$,
            $$Offer a price. The lich's bargain brings him back and gives you a quest for three sessions.$$]),
        (17, ARRAY[
            'What should I ask new players before the first session?',
            'Tone, topics to avoid, how deadly combat may be, and one bond between their character and another.']),
        (18, ARRAY[
            'Which magic item suits a sneaky halfling of level five?',
            'Boots of elvenkind for stealth, or a cloak with one charge of misty step a day. Both feel special and break nothing.']),
        (19, ARRAY[
            'Why did the Roman army not simply break through at Cannae?',
            'The deep formation had no room to deploy. The weaker centre fell back on purpose, and the legions pushed themselves into the trap between two flanks.',
            'Did the Roman commanders learn from it?',
            'They avoided open battle with that general for years and fought his supply and his allies instead.']),
        (20, ARRAY[
            'How did an army of that age feed half a million soldiers?',
            'Mostly from the country it crossed, with depots behind. That works in rich farmland in summer and fails in poor country on the way back.',
            'Would railways have changed the outcome?',
            'They move supplies to the railhead, but from there the horses and wagons of the regiments remain the limit.']),
        (21, ARRAY[
            'Can cavalry ever break an infantry square?',
            'Rarely, and then after artillery or rain. A steady square of bayonets stops horses; a shaken one with gaps does not.',
            'Why did the marshal attack anyway?',
            'He seems to have taken movement behind the ridge for a retreat and charged to exploit it.']),
        (22, ARRAY[
            'Which siege shows best how artillery changed fortresses?',
            'Constantinople in 1453 for the fall of high walls, then the low bastions that the engineers built as the answer.']),
        (23, ARRAY[
            'Could the encircled army on the Volga have broken out?',
            'In the first days perhaps, with the loss of its heavy guns. Later neither fuel nor horses sufficed.']),
        (24, ARRAY[
            'Which exhibits should I not miss at the army museum?',
            'The model of the siege works, the field kitchen, and the regimental colours from the Crimean campaign.']),
        (25, ARRAY[
            'The client of invoice 2031 has not paid for six weeks. What may I charge?',
            'Interest above the base rate from day thirty-one and a flat fee of forty. Send one reminder with a date first.',
            'And if they ignore the reminder?',
            'Apply for a court order for payment. It is cheap, needs no lawyer, and most clients pay when it arrives.']),
        (26, ARRAY[
            'Can I deduct my study in the attic from my taxes?',
            'If it is used for work only, yes: its share of rent and heating by floor area. Keep a plan of the flat with the receipts.',
            'It also holds our guest bed.',
            'Then use the flat rate for each day at home; a mixed room is refused.']),
        (27, ARRAY[
            'A customer in France wants an invoice. Do I add VAT?',
            'Not for a business with a valid VAT number: write reverse charge on the invoice and report it in the summary.',
            'How do I check the number?',
            'With the online validation of the tax authority; save the answer with the date as proof.']),
        (28, ARRAY[
            'My advance payment for September is far too high this year. Must I pay it?',
            $$Apply to have it lowered with an estimate of this year's profit, before the tenth. Until they answer the old amount is due.$$]),
        (29, ARRAY[
            'Is the new laptop an expense of this year?',
            'Above the limit it is depreciated over three years, counted from the month of the invoice.']),
        (30, ARRAY[
            'I sent an invoice with the wrong hours. May I just send it again?',
            'Issue a credit note that cancels it and a new invoice with its own number. Never use a number twice.']),
        (31, ARRAY[
            'My electric car shows only 260 kilometres in the cold. Is the battery broken?',
            'No. Cold cells and the heater take about a third. Warm the car while it is still plugged in and the range improves.',
            'Should I charge to full each night in winter?',
            'Eighty per cent is enough for commuting. Charge to full only on the morning before a long trip.']),
        (32, ARRAY[
            'How many charging stops do I need for 640 kilometres on the motorway?',
            'Two short ones: arrive with ten per cent, charge to seventy in about twenty-five minutes each.',
            'Which card is cheapest there?',
            'The monthly plan of the network on that motorway; for one trip a month it already pays.']),
        (33, ARRAY[
            'Is a wallbox with twenty-two kilowatts worth the money?',
            'Our car takes eleven on AC, so the rest is wasted, and above twelve the grid company must give permission.',
            'Can it use the solar panels?',
            'Yes, if it can switch to one phase; then charging starts at 1.4 kilowatts of surplus.']),
        (34, ARRAY[
            'How can I measure the health of the battery myself?',
            'Drive to nearly empty, charge to full on AC and read the energy at the wallbox, minus ten per cent losses.']),
        (35, ARRAY[
            'The charging plug would not come out at the supermarket.',
            'Unlock the car twice, end the session in the app, and pull while lifting slightly. The boot often hides an emergency release.']),
        (36, ARRAY[
            'Can we tow the small caravan to the lake?',
            'Yes, up to a thousand kilograms, but count with half of the range and chargers you can drive through.']),
        (37, ARRAY[
            'Which telescope should a beginner buy to see planets and galaxies?',
            $$An eight inch Dobsonian: simple, bright and steady. Saturn's rings, Jupiter's moons and many galaxies are within reach.$$,
            'And eyepieces?',
            'Start with the supplied one and add a thirteen and a seven millimetre for galaxies and planets.']),
        (38, ARRAY[
            'Is the comet visible from town?',
            'With binoculars, low in the west forty minutes after sunset. Find a view without houses and start from Venus.',
            'When does it get better?',
            'It climbs until the nineteenth, but by then the moon is bright. Thursday before moonrise is the best night.']),
        (39, ARRAY[
            'Saturn looks like boiling soup at high power. Is my telescope bad?',
            'That is seeing. Let the telescope cool for an hour, wait until Saturn is high, and use less magnification.',
            'How do I check the mirrors too?',
            'Defocus a bright star: the rings must lie in the middle. If not, collimate the secondary first.']),
        (40, ARRAY[
            'Where should we lie down for the Perseids?',
            'Anywhere dark with a wide sky, feet to the north-east, after midnight when the radiant is high.']),
        (41, ARRAY[
            $$I can't find any galaxy from my balcony in the city.$$,
            'The sky is too bright. Look at double stars, the moon and planets there and drive out for galaxies.']),
        (42, ARRAY[
            'What shall I show the children on the moon?',
            'Craters along the terminator at first quarter, the Alpine Valley, and then let them find a crater of their own.']),
        (43, ARRAY[
            'In my game I swapped the bishop for his knight on c6. Was that wrong?',
            'It doubled his pawns, but the position was open and he kept two bishops. Without an attack on the weak pawns the trade helps Black.',
            'When is the trade good then?',
            'In closed positions with locked pawns, where the knight finds an outpost and the bishop bites on stone.']),
        (44, ARRAY[
            'I could not win rook and pawn against rook yesterday, though I was a pawn up.',
            'Cut off the king by a file, bring your own king in front of the pawn, then build the bridge with the rook on the fourth rank.',
            'What if his rook checks from the side?',
            'With at least three files between rook and pawn the checks hold the draw, so prevent them before you advance.']),
        (45, ARRAY[
            $$Which opening should I learn as Black against the king's pawn?$$,
            'The French if you like pawn chains, the Caro-Kann for sound positions, the Sicilian if you enjoy attacks on both wings.',
            'My bishop on c8 gets stuck in the French.',
            'Trade it with b6 and bishop a6 or play it via d7 to e8 and h5 once the centre is locked.']),
        (46, ARRAY[
            'How do I know whether the sacrifice on h7 works?',
            $$Knight to g5, queen to h5, and no defender of h7: check the king's escape to g6 as well before you take.$$]),
        (47, ARRAY[
            'I lose won games on the clock. What helps?',
            'Decide quickly when moves are equal, keep two minutes for the endgame, and learn one opening deeply.']),
        (48, ARRAY[
            'What should beginners in our club learn first?',
            'Mate with queen and rook, forks and pins, castling early, then king and pawn endings. Openings last.']),
        (49, ARRAY[
            'Can I tile straight onto the painted wall in the bathroom?',
            'Only if the paint holds. Grind it off, fill the holes with plaster, prime the wall, and seal the shower before tiling.',
            'How long must the plaster dry?',
            'About a day for each millimetre. Test with foil taped to the wall: no drops overnight means it is dry.']),
        (50, ARRAY[
            'Blown cellulose or mineral wool for the attic floor?',
            'Cellulose fills the gaps between old joists and takes a day. Wool is cheaper if you lay it yourself.',
            'What will seventy square metres cost?',
            'Roughly three thousand with the company, and the state pays fifteen per cent back.']),
        (51, ARRAY[
            'The floorboards in the living room are grey and creak. Sand or replace?',
            'Sand them: three passes and oil. Screw the creaking boards to the joists first and sink the screws.',
            'Which machine do I rent?',
            'A drum sander for the floor and an edge sander; take more of the coarse paper than you think.']),
        (52, ARRAY[
            'Is 5,800 for five windows with fitting a fair offer?',
            'For triple glazing yes. Ask whether removal of the old frames, tape and plaster of the reveals are included.']),
        (53, ARRAY[
            'There is a rotten beam under the bath. Who must look at it?',
            'A carpenter at once, and find the leak first. Until then support the floor with props from below.']),
        (54, ARRAY[
            'The cellar wall is white and crumbling. Can I paint it?',
            'No, paint locks the damp in. Remove the plaster above the line and use a renovation plaster.']),
        (55, ARRAY[
            'My loaf looked perfect at midnight and was flat in the morning. What happened?',
            'It overproofed. In a warm kitchen the dough is ready after four hours; let it rise overnight in the fridge instead.',
            'Can I still bake the flat dough?',
            'Bake it in a tin or as focaccia with oil. It will taste fine but the crumb stays dense.']),
        (56, ARRAY[
            'My starter hardly bubbles any more. Throw it away?',
            'No, keep a spoonful, feed it twice a day with rye flour and warm water, and it is lively within three days.',
            'How warm should it stand?',
            'Around 26 degrees, for example in the oven with only the lamp on.']),
        (57, ARRAY[
            'The crust stays pale and soft. Is my oven too weak?',
            'Take the lid off after twenty minutes and bake longer. A stone or an iron pot holds the heat your oven loses.',
            'And without a pot?',
            'A tray with boiling water for the first fifteen minutes, then open the door once to let the steam out.']),
        (58, ARRAY[
            'I need two loaves on Sunday at ten. When do I start?',
            'Feed the starter Friday evening, mix on Saturday morning, shape at two, leave in the fridge and bake at seven on Sunday.']),
        (59, ARRAY[
            'How much rye can I add before the dough gets sticky?',
            'Up to a third of the flour behaves like wheat. Above that you need a tin and a longer bake.']),
        (60, ARRAY[
            'I have sixteen weeks until the race and run thirty kilometres a week. Enough?',
            'Yes. Build up to sixty with a long run of thirty-two kilometres, one tempo run and one easy day in between.',
            'How many long runs over thirty?',
            'Three are plenty. The last one is three weeks before the race, then you taper.']),
        (61, ARRAY[
            'My calf hurts since the intervals yesterday. May I run tomorrow?',
            'Rest until walking stairs is free of pain, then jog five kilometres. A pulled calf that is run on costs weeks.',
            'Does stretching help?',
            'Gentle calf raises help more than stretching. Start them when the pain is gone.']),
        (62, ARRAY[
            'Which pace do I need for three hours forty-five?',
            '5:19 per kilometre. Start at 5:25 for the first five kilometres and keep something for the end.',
            'And if it is hot?',
            'Add ten to fifteen seconds and run by heart rate. A slower start loses less than a walk at the end.']),
        (63, ARRAY[
            'Gels make me sick on long runs. What else?',
            'Try half a gel with water every twenty minutes, or a drink with sugar and salt. Practise it on each long run.']),
        (64, ARRAY[
            'What do I run in the last week?',
            'Two easy runs and one with three kilometres at race pace on Tuesday. Then sleep, carbohydrates and short walks.']),
        (65, ARRAY[
            'Half of the leaves of my pothos are yellow and fall off. More water?',
            'Less. Feel the soil: if it is wet below the surface the roots rot. Let it dry and empty the saucer.',
            'Must I repot it now?',
            'Only if the roots are brown and soft. Then cut these off and use fresh dry soil in a smaller pot.']),
        (66, ARRAY[
            'The monstera falls over and roots come out of the pot. What size next?',
            'Four centimetres wider, with a moss pole. A much larger pot keeps too much water around the roots.',
            'Can I make a second plant from it?',
            'Cut below a node with an aerial root and put the cutting into water at a bright window.']),
        (67, ARRAY[
            'Small flies rise from the pots when I water. How do I get rid of them?',
            'They are fungus gnats. Water from below, let the soil dry, add a layer of sand and yellow sticky cards.',
            'How long does it take?',
            'About four weeks, until the last eggs in the soil have hatched. Keep the cards up until then.']),
        (68, ARRAY[
            'Who waters the plants while we are away for two weeks?',
            'Nobody has to: wool threads from a bucket of water into each pot, all of them together in a bright room without sun.']),
        (69, ARRAY[
            'My orchid has leaves but no flowers since spring.',
            'Give it a cooler bright window for six weeks in autumn and cut the old stem above the second node.']),
        (70, ARRAY[
            'The wind is up to five with gusts. Do we reef now or at sea?',
            'Now, in the harbour. Put in the first reef and the small jib; you can shake it out when the wind drops.',
            'How do I see that the boat has too much sail?',
            'She heels beyond twenty degrees, pulls hard on the tiller and turns into the wind in each gust.']),
        (71, ARRAY[
            'Is the bay behind the point safe for a night at anchor?',
            'In westerly wind yes. Let out chain for high tide, set the anchor with the engine and check the bearing after an hour.',
            'What if the wind turns?',
            'Then leave in time, with the way out noted on the chart. An anchor alarm on the phone wakes you when the boat drifts.']),
        (72, ARRAY[
            'When can we enter the harbour with a keel of one sixty?',
            'From two hours after low water, with half a metre to spare. Avoid wind against tide in the channel.',
            'And at neap tide?',
            'Then low water is higher, and you may enter at nearly any hour. Look it up in the tide table for that day.']),
        (73, ARRAY[
            'Two of the crew have never sailed. How do I brief them?',
            'Show lifejackets, the ring, how to clip on and to stop the engine. Then one tack each under way in light wind.']),
        (74, ARRAY[
            'We caught a rope in the propeller off the pier. What should we have done?',
            'Engine off, sail up if there is room, otherwise anchor at once and call the harbour. Nobody dives in a current.']),
        (75, ARRAY[
            'My portraits indoors are always a little blurred. Is it the lens?',
            'More likely the shutter speed. Use 1/160 or faster, open the aperture to f/2 and let the ISO rise.',
            $$Won't the noise ruin them?$$,
            'Noise at ISO 3200 can be reduced and hardly shows in print. Blur stays.']),
        (76, ARRAY[
            'I can carry only one lens in the mountains. Which one?',
            'The 24-70 zoom: wide enough for landscapes, long enough for portraits at the hut. Take a light tripod for dusk.',
            'Do I need a filter?',
            'A polariser against haze and a grey filter for water. The rest is done from the raw file.']),
        (77, ARRAY[
            'Sunset pictures turn out either white or black. How do I expose?',
            'Expose for the sky so that the histogram ends before the right edge, then lift the shadows. Or take three frames from the tripod and blend them.',
            'Which aperture?',
            'f/11 for landscapes; smaller than f/16 gets soft on this camera.']),
        (78, ARRAY[
            'How do I shoot the basketball game in the gym?',
            '1/800 of a second, f/2.8, ISO 6400, continuous focus, and stand under the basket for the light.']),
        (79, ARRAY[
            'How many pictures should go into the photo book?',
            'Sixty at most, one large for each chapter. Print a test page first, since screens are brighter than paper.']),
        (80, ARRAY[
            'Our choir goes flat in the slow motet. What can we do?',
            'Rehearse it a semitone higher, brighten the vowels, and let altos and tenors sing their part against the basses alone.',
            'It starts at the second page every time.',
            'Then look at the breath before it. Plan staggered breathing there and have the altos think the third high.']),
        (81, ARRAY[
            'What warm-up shall we do in the cold church?',
            'Move first, then hum, lip trills, and vowels on five notes. Keep it to ten minutes and stop before the high notes tire.',
            'And for tenors with a cold?',
            'Let them hum only, drink water, and mark the high notes an octave lower until the concert.']),
        (82, ARRAY[
            'Which encore is easy and charming?',
            'A folk song in four parts that everybody knows by heart, two minutes, with a soft ending.',
            'The sopranos want something fast.',
            'Then sing the round in four groups; it is fast, safe, and the basses enjoy the last entry.']),
        (83, ARRAY[
            'How do I plan seven rehearsals for the mass?',
            'Notes in three, text and harmony in two, run through with breathing in one, then the dress rehearsal in the church.']),
        (84, ARRAY[
            'I am an alto and read music slowly. May I join?',
            'Yes, listen for two rehearsals beside a secure alto and take the practice recordings home.']),
        (85, ARRAY[
            'When do I put the honey super on the hive?',
            'When the bees cover eight frames and fruit trees bloom. In a strong colony better a week early than a swarm.',
            'There are queen cups already.',
            'Empty cups mean nothing. Look for an egg inside; then break the cells or split the colony.']),
        (86, ARRAY[
            'I count twelve mites a day on the board in August. Is that bad?',
            'Yes, treat at once after the last honey harvest, with formic acid in warm dry weather, and count again.',
            'May I still harvest honey later?',
            'No, honey that was on the hive during treatment is for the bees only.']),
        (87, ARRAY[
            $$My bees hang in the neighbour's tree. What do I need?$$,
            'A box, a spray of water, a sheet and a ladder. Shake the cluster in, leave the box till dusk, then carry it to a new hive.',
            'Will they fly off again?',
            'Keep them in the cool cellar for one night and give them a frame of brood; bees seldom leave brood.']),
        (88, ARRAY[
            'How much sugar does a colony need for the winter?',
            'About fifteen kilograms of stores on two boxes. Weigh the hive from behind in October.']),
        (89, ARRAY[
            'One colony was dead in February although there was honey. Why?',
            'Often varroa in autumn: few bees, some brood, mites on the board. Close the hive against robbing and check the others.']),
        (90, ARRAY[
            'Do we need the rail pass for Tokyo, Kyoto and Hiroshima?',
            'For one loop in two weeks single bullet train tickets are slightly cheaper. The pass pays if you also go to the north.',
            'Can we reserve seats with a view of Fuji?',
            'Yes, seat E on the right when leaving Tokyo. Reserve a month ahead at the machine or in the app.']),
        (91, ARRAY[
            'Should we stay in a ryokan or a hotel in Kyoto?',
            'A hotel near the station for three nights and one night in a ryokan with an onsen in Kinosaki, where it is quieter.',
            'Do they accept children?',
            'Most do, ask for a family room with four futons and an early dinner.']),
        (92, ARRAY[
            'When is the cherry blossom in Kyoto?',
            'Usually in the first week of April. If you come later, follow it north to the castle parks of Tohoku.',
            'Hotels are full already.',
            'Stay in Osaka and take the train; Kyoto is twenty-eight minutes away.']),
        (93, ARRAY[
            'Are children allowed in the onsen?',
            'Yes, when they no longer wear nappies. A private family bath can be booked by the hour.']),
        (94, ARRAY[
            'How do we travel with four large suitcases on the bullet train?',
            'Send them ahead by courier from the hotel and keep a small bag. Otherwise reserve the seats with luggage space at the back.']),
        (95, ARRAY[
            'The teacher says our daughter guesses words when reading. How can we help?',
            'Read ten minutes a day together, let her point at the syllables and talk about the story afterwards.',
            'She hates reading aloud.',
            'Take turns, a page each, or let her read to a younger child. Choose what she likes, comics count too.']),
        (96, ARRAY[
            'How do I explain fractions to a nine year old before Friday?',
            'Cut a pizza or fold paper. First halves and quarters, then which is larger, then adding with the same bottom number.',
            'She mixes up top and bottom.',
            'The bottom says how many parts make the whole, the top how many you take. Let her say it with each example.']),
        (97, ARRAY[
            'Fifteen spelling words every week and tears on Thursday. Ideas?',
            'Five a day from Monday, clap the syllables, write them in colours, and a short test at breakfast on Friday.',
            'May I correct her homework?',
            'Better mark the line and let her find the mistake. The teacher needs to see what she can do alone.']),
        (98, ARRAY[
            'She forgets her homework at school twice a week.',
            'A checklist on the school bag and a fixed time after the snack. Ask the teacher to sign the diary for a month.']),
        (99, ARRAY[
            'What does she need for the school trip to the farm?',
            'Rubber boots, packed lunch, a drink, a spare pair of socks and the signed form by Tuesday.']),
        (100, ARRAY[
            'Please make a plan from my notes: which of my houseplants need water only once a month in winter?'])
) AS listed (conversation, contents)
CROSS JOIN LATERAL unnest(listed.contents) WITH ORDINALITY AS said (content, place)
JOIN public.conversations AS c ON c.id = 'conv_' || lpad(listed.conversation::text, 3, '0')
ON CONFLICT DO NOTHING;

-- 150 memories, each from one message.
INSERT INTO public.memory_chunks
    (id, user_id, conversation_id, message_id, content, chunk_type, importance, created_at)
SELECT
    md5('memory ' || listed.number)::uuid,
    m.user_id,
    m.conversation_id,
    m.id,
    listed.content,
    listed.chunk_type,
    (CASE listed.chunk_type WHEN 'decision' THEN 60 WHEN 'event' THEN 30 ELSE 45 END + dice.roll % 40) / 100.0,
    m.created_at + interval '3 seconds'
FROM (
    VALUES
        (1, 1, 2, 'fact', 'The monthly report became slow when the orders table passed four million rows.'),
        (2, 1, 4, 'decision', 'One index on (customer_id, created_at) instead of two separate ones.'),
        (3, 2, 2, 'fact', 'The nightly dump is in custom format, so single tables can be restored.'),
        (4, 2, 4, 'decision', 'The backup is test-restored on the first Sunday of each month.'),
        (5, 3, 2, 'event', 'The replica lagged forty seconds because of a reporting query.'),
        (6, 3, 4, 'preference', 'The failover replica must stay current even if report queries are cancelled.'),
        (7, 4, 2, 'decision', 'The scale factor of autovacuum is lowered per table, never globally.'),
        (8, 5, 2, 'fact', 'Three indexes on the event table have not been scanned for ninety days.'),
        (9, 6, 2, 'decision', 'PgBouncer in transaction mode with a pool of twenty server connections.'),
        (10, 7, 2, 'event', 'The payment test failed at random once a day because it used the real clock.'),
        (11, 7, 4, 'decision', 'Code takes a clock as a parameter and tests pass a fixed one.'),
        (12, 8, 2, 'fact', 'The test suite takes eleven minutes on one CI runner.'),
        (13, 8, 4, 'decision', 'One test server per session, each test in a transaction that is rolled back.'),
        (14, 9, 2, 'preference', 'Small fakes at the border rather than patches inside the code.'),
        (15, 9, 4, 'decision', 'Contract tests run nightly and do not block a pull request.'),
        (16, 10, 2, 'preference', 'Coverage is a lamp for reviews and not a target.'),
        (17, 11, 2, 'fact', 'Property-based tests found that the parser loses a trailing newline.'),
        (18, 12, 2, 'decision', 'Only ten browser tests remain, all of them on the checkout.'),
        (19, 13, 2, 'event', 'The party of level six meets a young dragon in the salt mine.'),
        (20, 13, 4, 'decision', 'The dragon talks before it attacks, so that the party may bargain.'),
        (21, 14, 2, 'event', 'The campaign began in the tavern with a cheating gnome and a courier.'),
        (22, 14, 4, 'preference', 'Brawls are run in two quick rounds with one roll for each player.'),
        (23, 15, 2, 'fact', 'The goblins of the ford flee and warn the next cave when half of them are down.'),
        (24, 15, 4, 'event', 'The goblin shaman escaped with the map of the sunken temple.'),
        (25, 16, 2, 'decision', 'The paladin may return, but only through the bargain with the lich.'),
        (26, 17, 2, 'preference', 'Every player names one bond with another character at session zero.'),
        (27, 18, 2, 'fact', 'The halfling rogue owes the guild three hundred gold pieces.'),
        (28, 19, 2, 'fact', 'At Cannae the Carthaginian cavalry closed the encirclement from behind.'),
        (29, 19, 4, 'preference', 'Wants campaigns explained from supply first and battle second.'),
        (30, 20, 2, 'fact', 'The wagons of the Grand Army fell behind in the first week of the march.'),
        (31, 20, 4, 'event', 'Started a reading list about logistics before the railway age.'),
        (32, 21, 2, 'fact', 'At Waterloo the cavalry attacked squares without infantry or artillery support.'),
        (33, 21, 4, 'decision', 'The essay on Waterloo treats the cavalry attack as a failure of reconnaissance.'),
        (34, 22, 2, 'decision', 'The next talk compares the siege of 1453 with the bastion forts.'),
        (35, 23, 2, 'fact', 'Air supply at Stalingrad never reached a third of what the army needed.'),
        (36, 24, 2, 'event', 'Visited the army museum and photographed the siege model.'),
        (37, 25, 2, 'event', 'Invoice 2031 was six weeks overdue and a reminder was sent.'),
        (38, 25, 4, 'decision', 'After one reminder an overdue invoice goes to the court order.'),
        (39, 26, 2, 'fact', 'The study takes eleven per cent of the floor area of the house.'),
        (40, 26, 4, 'decision', 'The daily flat rate is used because the study also holds a guest bed.'),
        (41, 27, 2, 'fact', 'Invoices to businesses in other EU countries carry no VAT but the reverse charge note.'),
        (42, 27, 4, 'preference', 'Proof of each VAT number is filed next to the invoice as a PDF.'),
        (43, 28, 2, 'event', 'Applied in August to lower the advance tax payments.'),
        (44, 29, 2, 'fact', 'The laptop for 1,900 is depreciated over three years.'),
        (45, 30, 2, 'decision', 'Wrong invoices are cancelled by a credit note and never edited.'),
        (46, 31, 2, 'fact', 'In frost the range of the car falls from 380 to about 270 kilometres.'),
        (47, 31, 4, 'preference', 'Charges to eighty per cent on ordinary days.'),
        (48, 32, 2, 'event', 'Drove 640 kilometres to the coast with two fast charging stops.'),
        (49, 32, 4, 'decision', 'The monthly charging plan is booked only in holiday months.'),
        (50, 33, 2, 'decision', 'An eleven kilowatt wallbox is enough for the car.'),
        (51, 33, 4, 'fact', 'The wallbox starts charging at 1.4 kilowatts of solar surplus.'),
        (52, 34, 2, 'fact', 'After three years the battery has ninety-four per cent of its capacity.'),
        (53, 35, 2, 'event', 'The charging plug was stuck at the supermarket and came out after a second unlock.'),
        (54, 36, 2, 'fact', 'With the caravan the range is about half.'),
        (55, 37, 2, 'decision', 'An eight inch Dobsonian is the first telescope.'),
        (56, 37, 4, 'fact', 'Owns eyepieces of thirty-two, thirteen and seven millimetres.'),
        (57, 38, 2, 'event', 'Saw the comet with binoculars low in the west.'),
        (58, 38, 4, 'decision', 'Drive to the meadow on Thursday for the comet before moonrise.'),
        (59, 39, 2, 'fact', 'The telescope needs an hour of cooling before planets look sharp.'),
        (60, 39, 4, 'event', 'Collimated the Newtonian on a star in Lyra.'),
        (61, 40, 2, 'event', 'Counted sixty-one Perseids from the meadow.'),
        (62, 41, 2, 'preference', 'Double stars and planets from the balcony, galaxies only from the mountain.'),
        (63, 42, 2, 'event', 'Showed the children the Orion Nebula and the moon.'),
        (64, 43, 2, 'fact', 'Traded the bishop for the knight on c6 and lost the light squares.'),
        (65, 43, 4, 'preference', 'Keeps the bishop pair in open positions.'),
        (66, 44, 2, 'event', 'Drew a won rook ending in round three of the club tournament.'),
        (67, 44, 4, 'fact', 'Side checks need three files between the rook and the pawn.'),
        (68, 45, 2, 'decision', 'Plays the French defence as Black this season.'),
        (69, 45, 4, 'decision', 'The bad bishop in the French is traded on a6.'),
        (70, 46, 2, 'event', 'Lost a bishop on h7 because a defender was overlooked.'),
        (71, 47, 2, 'decision', 'Two minutes on the clock are kept for the endgame.'),
        (72, 48, 2, 'preference', 'Beginners learn endgames and tactics before openings.'),
        (73, 49, 2, 'decision', 'The paint in the bathroom is ground off before the wall is primed and tiled.'),
        (74, 49, 4, 'fact', 'Plaster dries about one day for each millimetre.'),
        (75, 50, 2, 'decision', 'Cellulose was chosen for the attic floor.'),
        (76, 50, 4, 'fact', 'Insulating seventy square metres of attic costs about 3,100.'),
        (77, 51, 2, 'decision', 'The pine floorboards are sanded and oiled instead of replaced.'),
        (78, 51, 4, 'event', 'Rented the drum sander for the weekend and finished the living room floor.'),
        (79, 52, 2, 'event', 'Accepted the offer for five windows after the reveals were included.'),
        (80, 53, 2, 'event', 'A rotten beam was found under the bath and takes half of the reserve.'),
        (81, 54, 2, 'preference', 'Repairs the cause of damp first and paints last.'),
        (82, 55, 2, 'event', 'The loaf collapsed after a night on the warm counter.'),
        (83, 55, 4, 'decision', 'Shaped dough always proofs overnight in the fridge.'),
        (84, 56, 2, 'event', 'The starter recovered after three days of feeding with rye flour.'),
        (85, 56, 4, 'fact', 'The starter stands in the oven with only the lamp on.'),
        (86, 57, 2, 'preference', 'Likes the crust dark and bakes twenty-five minutes without the lid.'),
        (87, 58, 2, 'event', 'Baked two loaves for Sunday brunch with guests.'),
        (88, 59, 2, 'fact', 'Up to a third of rye flour the dough can still be shaped by hand.'),
        (89, 60, 2, 'decision', 'Sixteen weeks of training with four runs a week.'),
        (90, 60, 4, 'fact', 'Three long runs over thirty kilometres are planned.'),
        (91, 61, 2, 'event', 'Strained the calf in the fifth interval and rested a week.'),
        (92, 61, 4, 'decision', 'Calf raises twice a week for the rest of the plan.'),
        (93, 62, 2, 'decision', 'The first five kilometres are run at 5:25.'),
        (94, 63, 2, 'preference', 'Takes half gels with water, as whole ones upset the stomach.'),
        (95, 64, 2, 'fact', 'In the last week only three short runs are left.'),
        (96, 65, 2, 'fact', 'The pothos was watered too often and lost its yellow leaves.'),
        (97, 65, 4, 'event', 'Repotted the pothos after cutting off the rotten roots.'),
        (98, 66, 2, 'decision', 'The monstera gets a pot only four centimetres wider and a moss pole.'),
        (99, 66, 4, 'event', 'Took two cuttings from the monstera and rooted them in water.'),
        (100, 67, 2, 'decision', 'Pots are watered from below and covered with sand against gnats.'),
        (101, 68, 2, 'preference', 'Waters with wool threads from a bucket during holidays.'),
        (102, 69, 2, 'fact', 'The orchid stands at the cool east window to bloom again.'),
        (103, 70, 2, 'decision', 'The first reef goes in before leaving harbour when gusts reach five.'),
        (104, 70, 4, 'fact', 'With too much sail the boat turns into the wind by herself.'),
        (105, 71, 2, 'event', 'Spent the night at anchor in the bay behind the point.'),
        (106, 71, 4, 'preference', 'An anchor alarm runs at every night at anchor.'),
        (107, 72, 2, 'fact', 'The keel needs one metre sixty and the channel has one forty at low water.'),
        (108, 72, 4, 'fact', 'At neap tide the boat can enter the harbour at nearly any hour.'),
        (109, 73, 2, 'event', 'Briefed two new crew members before the summer cruise.'),
        (110, 74, 2, 'event', 'A rope in the propeller forced the boat to anchor off the harbour.'),
        (111, 75, 2, 'fact', 'Portraits indoors were blurred because the shutter was slower than 1/80.'),
        (112, 75, 4, 'preference', 'Accepts noise at high ISO rather than motion blur.'),
        (113, 76, 2, 'decision', 'Only the 24-70 lens and a light tripod go on mountain trips.'),
        (114, 76, 4, 'fact', 'Owns a polariser and a grey filter of six stops.'),
        (115, 77, 2, 'decision', 'Landscapes at sunset are taken as three exposures from the tripod.'),
        (116, 77, 4, 'fact', $$The camera's pictures get soft beyond f/16.$$),
        (117, 78, 2, 'event', 'Photographed the basketball game at ISO 6400.'),
        (118, 79, 2, 'decision', 'The photo book has sixty pictures and a test page is printed first.'),
        (119, 80, 2, 'fact', 'The choir sinks a semitone in the slow motet.'),
        (120, 80, 4, 'decision', 'Staggered breathing is marked on page two of the motet.'),
        (121, 81, 2, 'preference', 'Warm-ups last ten minutes and begin with movement.'),
        (122, 81, 4, 'event', 'Two tenors sang the concert with a cold.'),
        (123, 82, 2, 'decision', 'The encore is a folk song sung from memory.'),
        (124, 83, 2, 'decision', 'Seven rehearsals for the mass, the last one in the church.'),
        (125, 84, 2, 'event', 'A new alto joined the choir in September.'),
        (126, 85, 2, 'decision', 'The super goes on when the bees cover eight frames.'),
        (127, 85, 4, 'fact', 'Queen cups without an egg are no sign of swarming.'),
        (128, 86, 2, 'event', 'Treated two hives against varroa in August.'),
        (129, 86, 4, 'decision', 'No honey is harvested after the varroa treatment.'),
        (130, 87, 2, 'event', $$Caught a swarm in the neighbour's plum tree.$$),
        (131, 87, 4, 'fact', 'A swarm that gets a frame of brood stays in its new hive.'),
        (132, 88, 2, 'fact', 'A colony needs fifteen kilograms of stores for the winter.'),
        (133, 89, 2, 'event', 'One colony died over the winter because of varroa.'),
        (134, 90, 2, 'decision', 'Single tickets instead of the rail pass.'),
        (135, 90, 4, 'preference', 'Sits on the Fuji side of the bullet train.'),
        (136, 91, 2, 'decision', 'Three nights in a Kyoto hotel and one in a ryokan with onsen.'),
        (137, 91, 4, 'fact', 'The ryokan in Kinosaki has family rooms with four futons.'),
        (138, 92, 2, 'decision', 'The trip to Japan begins on the twenty-eighth of March.'),
        (139, 92, 4, 'event', 'Booked a hotel in Osaka because Kyoto was full.'),
        (140, 93, 2, 'fact', 'Family baths in the onsen are booked by the hour.'),
        (141, 94, 2, 'decision', 'Suitcases go ahead by courier from Tokyo.'),
        (142, 95, 2, 'fact', 'The teacher says that the daughter guesses long words when reading.'),
        (143, 95, 4, 'preference', 'The daughter prefers comics for reading practice.'),
        (144, 96, 2, 'event', 'Practised fractions with paper pizzas before the maths exam.'),
        (145, 96, 4, 'fact', 'The daughter mixes up the top and bottom of fractions.'),
        (146, 97, 2, 'decision', 'Five spelling words a day from Monday to Wednesday.'),
        (147, 97, 4, 'decision', 'Parents mark the line in the homework and do not correct it.'),
        (148, 98, 2, 'decision', 'A checklist hangs at the door against forgotten homework.'),
        (149, 99, 2, 'event', 'The class goes to the farm on a school trip.'),
        (150, 100, 1, 'preference', 'Wants a watering plan for the winter made from the notes on houseplants.')
) AS listed (number, conversation, place, chunk_type, content)
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('memory ' || listed.number), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN public.messages AS m ON m.id = 'msg_' || lpad(listed.conversation::text, 3, '0') || '_' || listed.place
ON CONFLICT DO NOTHING;

-- 60 summaries: three of five conversations were summed up, from what is remembered of them.
INSERT INTO public.conversation_summaries (id, conversation_id, summary, message_count, model, created_at)
SELECT
    md5('summary ' || number)::uuid,
    c.id,
    c.title || ': ' || string_agg(m.content, ' ' ORDER BY m.message_id),
    c.message_count,
    'gpt-4o-mini',
    c.last_message_at + interval '10 minutes'
FROM generate_series(1, 100) AS number
JOIN public.conversations AS c ON c.id = 'conv_' || lpad(number::text, 3, '0')
JOIN public.memory_chunks AS m ON m.conversation_id = c.id
WHERE number % 5 < 3
GROUP BY number, c.id
ON CONFLICT DO NOTHING;

-- ------------------------------------------------------------------------------------------------------------------
-- Files, recordings and what is known
-- ------------------------------------------------------------------------------------------------------------------

-- 120 files. The second number is a conversation on the same subject, from which owner and project are taken.
INSERT INTO public.files
    (id, user_id, project_id, filename, original_filename, file_type, mime_type, size_bytes, storage_path, status,
    processed_content, tags, metadata, created_at, updated_at)
SELECT
    'file_' || md5('file ' || listed.number)::uuid,
    c.user_id,
    c.project_id,
    listed.filename,
    upper(left(listed.filename, 1)) || replace(substr(listed.filename, 2), '-', ' '),
    listed.file_type,
    kind.mime_type,
    kind.kilobytes * (300 + dice.roll % 1700),
    'uploads/' || c.user_id || '/' || listed.filename,
    state.word,
    listed.content,
    ARRAY[listed.file_type, c.category_id],
    jsonb_build_object('sha', substr(md5(listed.filename), 1, 12))
        || CASE state.word WHEN 'error' THEN '{"error": "the file ends too early"}' ELSE '{}' END::jsonb,
    born.at,
    born.at + interval '1 minute'
FROM (
    -- 90 with text
    VALUES
        (1, 1, 'restore-drill.pdf', 'pdf', 'Protocol of the restore drill. The backup of the production database was restored on a fresh PostgreSQL 16 server in 55 minutes; one extension was missing and has been added to the installation notes.'),
        (2, 1, 'index-review.xlsx', 'spreadsheet', 'List of all indexes with their size, number of scans and last use. Eleven of 140 indexes were never used by any query; dropping them frees 18 GB of disk.'),
        (3, 1, 'runbook-failover.docx', 'document', 'Step by step: stop writes, check that the replica has replayed all WAL, promote it, switch the connection pool, watch the error rate, rebuild the old primary as a standby.'),
        (4, 1, 'slow-queries-october.pdf', 'pdf', 'The ten slowest queries from pg_stat_statements with mean time and number of calls. Four need an index, two read far too many columns, one is called in a loop by the application.'),
        (5, 1, 'vacuum-report.docx', 'document', 'Table bloat before and after a week with tighter autovacuum settings. The event table shrank from 61 to 38 GB after pg_repack, and the nightly query is twice as fast.'),
        (6, 7, 'test-strategy.docx', 'document', 'Which tests run when: unit tests on each commit, integration tests against a real server in every pull request, contract and load tests at night. Each level says what it may not depend on.'),
        (7, 7, 'flaky-list.xlsx', 'spreadsheet', 'Quarantined tests with owner, date and suspected cause. Eight of fourteen flaky tests depend on time, four on the order of the suite and two on a real network.'),
        (8, 7, 'mutation-results.pdf', 'pdf', 'Mutants killed and survived by module. The tests of the billing module let 34 per cent of the mutants live, mostly comparisons at a boundary that no assertion checks.'),
        (9, 7, 'bug-triage-notes.docx', 'document', 'How a bug is written down: steps, expected result, actual result, version, log. A failing automated test counts as the best description.'),
        (10, 7, 'ci-timing.xlsx', 'spreadsheet', 'Duration of the continuous integration build over twelve weeks, per job. Sharing the database fixture saved four minutes, splitting the suite another three.'),
        (11, 13, 'campaign-bible.docx', 'document', $$The world of the campaign in nine pages: the drowned kingdom, its three gods, the guild of thieves, the necromancer's plan and what the party has found out so far.$$),
        (12, 13, 'encounter-table.xlsx', 'spreadsheet', 'Random encounters by terrain with monsters, numbers, challenge rating and treasure. Goblins and wolves in the forest, skeletons in the ruins, an owlbear once per chapter.'),
        (13, 13, 'character-sheet-rogue.pdf', 'pdf', $$Halfling rogue of level five with ability scores, skills, sneak attack, thieves' tools and a short backstory about the debt to the guild.$$),
        (14, 13, 'house-rules.docx', 'document', 'Our changes to combat: potions as a bonus action, secret death saves, flanking gives plus two, and a natural twenty on a skill check adds a story detail.'),
        (15, 13, 'session-notes-12.docx', 'document', 'The party crossed the ford, fought goblins, lost the mule and questioned the shaman. The wizard identified the sword and nobody wants to feed it.'),
        (16, 19, 'essay-waterloo.docx', 'document', 'Draft essay on the cavalry charges at Waterloo. Argues that the infantry squares held because the attack had neither artillery nor foot soldiers behind it and the ridge hid the reserve.'),
        (17, 19, 'reading-list-logistics.docx', 'document', 'Fourteen books about supplying armies from antiquity to the desert war, with two lines on each. Fodder for horses comes up in every one of them.'),
        (18, 19, 'order-of-battle.xlsx', 'spreadsheet', $$Divisions, brigades and regiments of both armies on the third day, with strength, losses and the commander's rank. Artillery is listed by battery and number of guns.$$),
        (19, 19, 'siege-timeline.pdf', 'pdf', 'Day by day account of a fortress siege by the book: investment, first parallel, breaching batteries, assault on the ditch, surrender of the garrison with the honours of war.'),
        (20, 19, 'lecture-trenches.pdf', 'pdf', 'Slides on trench warfare: why the attack failed in 1916, what creeping artillery fire changed, and how infantry tactics of small groups broke the front in the last year.'),
        (21, 25, 'invoice-2031.pdf', 'pdf', 'Invoice for consulting in May, 46 hours, net amount 4,370 plus VAT, payable within fourteen days. Reminder sent in July, paid in August with interest.'),
        (22, 25, 'expenses-q3.xlsx', 'spreadsheet', 'Business expenses of the third quarter by category: hosting, travel, telephone, training, office. Each line has date, receipt number, net amount and deductible VAT.'),
        (23, 25, 'tax-assessment.pdf', 'pdf', 'Income tax assessment of last year with the calculation, the refund of 612 and the new amounts for the quarterly advance payments.'),
        (24, 25, 'reminder-letter.docx', 'document', 'Template for the first reminder: friendly tone, invoice number, amount, original due date, new date in ten days, bank details.'),
        (25, 25, 'accountant-mail.eml', 'email', 'The accountant asks for the missing receipts of March, the mileage list and the contract of the new client before she can finish the VAT return.'),
        (26, 31, 'wallbox-offer.pdf', 'pdf', 'Offer of the electrician for an eleven kilowatt wallbox with cable, fuse and registration at the grid company, 1,480 in total, four weeks of delivery time.'),
        (27, 31, 'consumption-log.xlsx', 'spreadsheet', 'Consumption per hundred kilometres by month with temperature, tyres and share of motorway. January 23.1 kWh, July 15.4, average of the year 18.2.'),
        (28, 31, 'battery-certificate.pdf', 'pdf', 'Certificate of the battery test: remaining capacity 94 per cent, no cell deviates, 41,300 kilometres, mostly charged at home on AC.'),
        (29, 31, 'charging-costs.xlsx', 'spreadsheet', 'All charging sessions of the year with place, kilowatt hours and price. Two thirds at home, a fifth free from solar panels, the rest at motorway chargers.'),
        (30, 31, 'trip-plan-coast.docx', 'document', 'Route of 640 kilometres with two charging stops, alternatives when the plugs are occupied, and the state of charge expected on arrival in rain and headwind.'),
        (31, 37, 'observing-log.xlsx', 'spreadsheet', 'Observations of the year: date, object, constellation, telescope, eyepiece, magnification, seeing and notes. 143 objects, of which 61 are galaxies.'),
        (32, 37, 'star-party-programme.pdf', 'pdf', 'Programme of the star party: arrival before dark, red light only, talk on comets, a tour of the summer sky with binoculars, breakfast for those who stayed awake.'),
        (33, 37, 'eyepiece-comparison.docx', 'document', 'Three eyepieces for planets compared on Saturn and Jupiter. The simple orthoscopic one shows the belts with most contrast but has a narrow field.'),
        (34, 37, 'telescope-manual-notes.docx', 'document', 'Collimation of the Newtonian in six steps with sketches of the star rings, and how to clean the mirror with distilled water once in three years.'),
        (35, 37, 'dark-sites.xlsx', 'spreadsheet', 'Dark observing places within an hour, with altitude, sky brightness, horizon and whether one may drive there at night.'),
        (36, 43, 'round-four-game.docx', 'document', 'The annotated game of round four: French defence, thirty-eight moves, draw. Comments mark the bishop trade on a6 and the moment when the pawn break came too late.'),
        (37, 43, 'opening-notes-french.docx', 'document', 'Main lines of the French with plans for both sides, typical pawn breaks, where the knights belong, and three traps that White falls into before castling.'),
        (38, 43, 'endgame-drills.pdf', 'pdf', 'Twenty positions with king, rook and pawns, each with the task: win or draw, and how many moves. Solutions on the last page.'),
        (39, 43, 'club-standings.xlsx', 'spreadsheet', 'Results of the club tournament after six rounds with points, colours and rating change for fourteen players.'),
        (40, 43, 'junior-lessons.docx', 'document', 'Ten lessons for children: how the pieces move, check and mate, forks, pins, castling, pawn endings, how to write down a game.'),
        (41, 49, 'bathroom-plan.pdf', 'pdf', 'Plan of the bathroom with shower, bath, wall tiles up to 2.10 metres, position of sockets and pipes, and a section through the sealed floor.'),
        (42, 49, 'window-offer.pdf', 'pdf', 'Offer for five windows with triple glazing, delivery in nine weeks, fitting in two days, removal of the old frames and plastering of the reveals included.'),
        (43, 49, 'renovation-budget.xlsx', 'spreadsheet', 'Planned and actual cost by room and trade: windows, insulation, plaster, tiles, electrician, plumber, paint, reserve. At present 71 per cent of the budget is spent.'),
        (44, 49, 'carpenter-report.docx', 'document', 'The carpenter found rot in one beam over eighty centimetres, caused by a leaking bath drain. He proposes to scarf in new oak and to ventilate the floor.'),
        (45, 49, 'paint-list.docx', 'document', 'Which paint for which wall and ceiling, with litres, primer, number of coats and the colour numbers for later repairs.'),
        (46, 55, 'country-loaf-recipe.docx', 'document', 'Recipe for a country loaf of 900 grams: 400 wheat flour, 100 rye flour, 360 water, 100 active starter, 10 salt. Four folds, a night in the fridge, forty-five minutes in the oven.'),
        (47, 55, 'baking-diary.xlsx', 'spreadsheet', 'Diary of forty loaves with flour, water, room temperature, hours of proofing and how the crumb turned out. Loaves above 25 degrees were ready two hours sooner.'),
        (48, 55, 'starter-guide.pdf', 'pdf', 'How to start, feed, dry and revive a starter, with photographs of the jar on each of six days.'),
        (49, 55, 'flour-prices.xlsx', 'spreadsheet', 'Flour from four mills by type, price for a kilogram and notes on how much water each takes.'),
        (50, 55, 'rye-loaf-notes.docx', 'document', 'Three attempts at a dark rye loaf in a tin. The best one rested for a day, baked with falling heat and was cut thin.'),
        (51, 60, 'training-plan.xlsx', 'spreadsheet', 'Plan of sixteen weeks with kilometres for every day, pace, heart rate and a column for how the legs felt. Long runs on Sunday, intervals on Tuesday.'),
        (52, 60, 'race-info.pdf', 'pdf', 'Start at nine, bag drop until half past eight, water stations every five kilometres, time limit five and a half hours, course profile and tram lines for spectators.'),
        (53, 60, 'physio-exercises.pdf', 'pdf', 'Exercises for calf, knee and hip: single-leg squat, calf raise, side plank, with repetitions and the rule to stop when the pain rises.'),
        (54, 60, 'race-report.docx', 'document', 'Report of the first marathon: too fast for ten kilometres, good until thirty, walked at thirty-six, finished in 4:07. What to change in the next training.'),
        (55, 60, 'shoe-log.xlsx', 'spreadsheet', 'Running shoes with date of purchase, kilometres run and remarks about blisters, grip on wet ground and wear.'),
        (56, 65, 'plant-list.xlsx', 'spreadsheet', 'All twenty-three houseplants with place, window, pot size, date of last repotting and how often they want water in summer and winter.'),
        (57, 65, 'pest-guide.pdf', 'pdf', 'Pictures of spider mites, scale, mealybugs, thrips and fungus gnats on leaves, with what helps against each and what is useless.'),
        (58, 65, 'repotting-notes.docx', 'document', 'Which soil for which plant: bark and perlite for the monstera, sand for succulents, coarse bark for orchids. Repot in March, not in winter.'),
        (59, 65, 'light-measurements.xlsx', 'spreadsheet', 'Light in lux at each windowsill in June and December. The hall has a tenth of what a fig needs, the south window enough for cacti.'),
        (60, 65, 'holiday-instructions.docx', 'document', 'Instructions for the neighbour: which pots to lift, how much water each plant gets, which leaves may turn yellow without worry.'),
        (61, 70, 'passage-plan.docx', 'document', 'Passage from the river mouth to the island: courses, tides, lights, harbours of refuge, and the wind at which we turn back.'),
        (62, 70, 'cruise-log.xlsx', 'spreadsheet', 'Log of the summer cruise with time, position, wind, sails set, barometer and miles for each watch.'),
        (63, 70, 'rigging-inspection.pdf', 'pdf', 'Report of the rigger: two shrouds to be replaced, mast step sound, main halyard worn where it enters the mast, new split pins fitted.'),
        (64, 70, 'harbour-guide.pdf', 'pdf', 'Approach to six harbours with depth at low tide, leading lights, berths for visitors, fuel and the VHF channel of the harbour master.'),
        (65, 70, 'safety-briefing.docx', 'document', 'Briefing for new crew: lifejackets, lifelines, flares, fire, gas, man overboard, radio call with the name of the boat and position.'),
        (66, 75, 'lens-comparison.xlsx', 'spreadsheet', 'Sharpness of three lenses at each aperture in the middle and at the edge, taken from the tripod of a test chart. The 35 millimetre is best at f/5.6.'),
        (67, 75, 'portrait-session-plan.docx', 'document', 'Plan for the portrait session by the window: light from the left, reflector right, 85 millimetre lens, aperture f/2, six poses and a list of clothes.'),
        (68, 75, 'printing-guide.pdf', 'pdf', 'How to prepare pictures for print: size, sharpening, colour profile of the paper, soft proof, and why the print looks darker than the screen.'),
        (69, 75, 'exhibition-text.docx', 'document', 'Text for the small exhibition of twelve black and white photographs from the harbour at blue hour, with titles, exposure and print size.'),
        (70, 75, 'camera-settings.pdf', 'pdf', 'Settings of the camera by situation: portraits, landscapes, sports, concerts, with shutter, aperture, ISO, focus mode and drive.'),
        (71, 80, 'rehearsal-schedule.xlsx', 'spreadsheet', 'Rehearsals until the concert with pieces, pages and voices: sopranos and altos at seven, tenors and basses at half past, everyone from eight.'),
        (72, 80, 'concert-programme.pdf', 'pdf', 'Programme of the spring concert with texts and translations of the motets, names of the folk songs, duration of each piece and seating of the choir.'),
        (73, 80, 'breathing-exercises.docx', 'document', 'Eight breathing exercises for singers, from slow hissing to long vowels with crescendo, and how often to repeat them.'),
        (74, 80, 'motet-analysis.docx', 'document', 'Where the harmony of the motet turns, which voice has the melody, and bars in which the altos must lead so that the pitch does not fall.'),
        (75, 80, 'singer-list.xlsx', 'spreadsheet', 'Numbers of sopranos, altos, tenors and basses, attendance at rehearsals and who sings which solo.'),
        (76, 85, 'hive-records.xlsx', 'spreadsheet', 'Card of each hive with dates of inspection, frames of brood, queen cells, temper of the bees, honey supers, treatments and weight.'),
        (77, 85, 'varroa-plan.docx', 'document', 'Plan against varroa for the year: cutting drone brood in May, formic acid after the harvest, counting mites, oxalic acid in the broodless winter.'),
        (78, 85, 'honey-label.pdf', 'pdf', 'Label for jars of 500 grams with kind of honey, beekeeper, lot number and best before date.'),
        (79, 85, 'course-notes-queens.docx', 'document', 'Notes of the course on raising queens: grafting larvae, starter colony, dates from egg to hatching, mating flight and how to introduce a queen.'),
        (80, 85, 'harvest-list.xlsx', 'spreadsheet', 'Honey harvest per colony in spring and summer, water content and number of jars. The hive at the lime trees gave thirty-one kilograms.'),
        (81, 90, 'itinerary.xlsx', 'spreadsheet', 'Sixteen days in Japan by date: Tokyo, Hakone, Kyoto, Nara, Hiroshima, Miyajima, Koya-san, Osaka, with trains, hotels, temples and opening hours.'),
        (82, 90, 'ryokan-booking.pdf', 'pdf', 'Booking of a tatami room for four with dinner and breakfast in Kinosaki, check-in at three, onsen tickets included, cancellation until a week before.'),
        (83, 90, 'packing-list.docx', 'document', 'What to take to Japan in spring: slip-on shoes for temples, warm layer, plug adapter, small towel, bag for rubbish, medicine with a letter.'),
        (84, 90, 'train-times.pdf', 'pdf', 'Bullet train connections between Tokyo, Kyoto and Hiroshima with prices of single tickets against the rail pass for seven and fourteen days.'),
        (85, 90, 'phrases.docx', 'document', 'Forty phrases in Japanese for the station, the restaurant, the ryokan and the temple, with a simple pronunciation.'),
        (86, 95, 'report-card.pdf', 'pdf', 'Midterm report card with marks for reading, spelling, maths, science, art and behaviour, and a comment of the class teacher about homework.'),
        (87, 95, 'spelling-lists.xlsx', 'spreadsheet', 'Weekly spelling words of the class with the number of mistakes at home and in the test on Friday.'),
        (88, 95, 'teacher-mail.eml', 'email', 'The teacher writes about the maths exam on Friday: fractions and long division, practice sheets attached, pupils bring ruler and pencil.'),
        (89, 95, 'timetable.xlsx', 'spreadsheet', 'Lessons of the class from Monday to Friday, swimming on Wednesday, homework club on Tuesday and Thursday until four.'),
        (90, 95, 'science-project.docx', 'document', 'Text for the presentation on volcanoes in class: how a volcano works, three kinds of rock, an experiment with vinegar, and questions for the pupils.')
    UNION ALL
    -- 30 pictures, sounds and films without
    SELECT number, conversation, filename, file_type, NULL
    FROM (
        VALUES
            (91, 1, 'replication-dashboard.png', 'image'),
            (92, 7, 'failing-test-screenshot.png', 'image'),
            (93, 13, 'sunken-temple-map.png', 'image'),
            (94, 13, 'tavern-ambience.mp3', 'audio'),
            (95, 19, 'regimental-colours.jpg', 'image'),
            (96, 19, 'siege-model.jpg', 'image'),
            (97, 25, 'receipts-september.jpg', 'image'),
            (98, 25, 'scan-bank-letter.jpg', 'image'),
            (99, 31, 'wallbox-installed.jpg', 'image'),
            (100, 31, 'charging-stop-video.mp4', 'video'),
            (101, 37, 'sketch-saturn.png', 'image'),
            (102, 37, 'milky-way-plateau.jpg', 'image'),
            (103, 43, 'position-move-24.png', 'image'),
            (104, 49, 'bathroom-before.jpg', 'image'),
            (105, 55, 'loaf-cross-section.jpg', 'image'),
            (106, 55, 'folding-dough.mp4', 'video'),
            (107, 60, 'course-map.png', 'image'),
            (108, 60, 'finish-line.jpg', 'image'),
            (109, 65, 'monstera-new-leaf.jpg', 'image'),
            (110, 65, 'spider-mites-closeup.jpg', 'image'),
            (111, 70, 'under-spinnaker.jpg', 'image'),
            (112, 70, 'harbour-entrance.mp4', 'video'),
            (113, 75, 'portrait-window-light.jpg', 'image'),
            (114, 75, 'golden-hour-cliffs.jpg', 'image'),
            (115, 80, 'motet-tenor-part.mp3', 'audio'),
            (116, 80, 'dress-rehearsal.mp3', 'audio'),
            (117, 85, 'queen-with-blue-dot.jpg', 'image'),
            (118, 85, 'swarm-plum-tree.mp4', 'video'),
            (119, 90, 'miyajima-gate.jpg', 'image'),
            (120, 95, 'volcano-model.jpg', 'image')
    ) AS media (number, conversation, filename, file_type)
) AS listed (number, conversation, filename, file_type, content)
JOIN (
    VALUES
        ('pdf', 'application/pdf', 400),
        ('docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 60),
        ('xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 40),
        ('eml', 'message/rfc822', 12),
        ('png', 'image/png', 700),
        ('jpg', 'image/jpeg', 2500),
        ('mp3', 'audio/mpeg', 4000),
        ('mp4', 'video/mp4', 40000)
) AS kind (extension, mime_type, kilobytes) ON kind.extension = split_part(listed.filename, '.', 2)
JOIN public.conversations AS c ON c.id = 'conv_' || lpad(listed.conversation::text, 3, '0')
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('file ' || listed.number), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN listed.number IN (97, 103, 118) THEN 'error'
        WHEN listed.number IN (108, 120) THEN 'processing'
        ELSE 'completed'
    END AS word
) AS state
CROSS JOIN LATERAL (
    SELECT CASE state.word
        WHEN 'processing' THEN now() - (2 + dice.roll % 20) * interval '1 minute'
        ELSE date_trunc('day', now(), 'UTC') - (1 + dice.roll % 117) * interval '24 hours'
            + (480 + dice.roll / 117 % 720) * interval '1 minute'
    END AS at
) AS born
ON CONFLICT DO NOTHING;

-- 274 pieces of knowledge. What came from a conversation or a file names it, and is a little younger.
INSERT INTO public.knowledge_base
    (id, user_id, source_type, source_id, category, category_id, title, content, importance, tags, metadata, created_at,
    updated_at)
SELECT
    md5('knowledge ' || listed.number)::uuid,
    c.user_id,
    source.word,
    CASE source.word
        WHEN 'conversation' THEN c.id
        WHEN 'file' THEN f.id
        WHEN 'email' THEN 'mail-' || 1000 + dice.roll / 11 % 9000
        WHEN 'drive' THEN 'drive-' || substr(md5('drive ' || listed.number), 1, 16)
    END,
    c.category_id,
    c.category_id,
    listed.title,
    listed.content,
    (30 + dice.roll % 66) / 100.0,
    ARRAY(
        SELECT word
        FROM unnest(ARRAY[subject.name] || string_to_array(subject.words, ' ')) AS word
        WHERE word = subject.name
            OR strpos(lower(listed.title || ' ' || listed.content), word) > 0
    ),
    jsonb_build_object('subject', subject.name, 'words', array_length(string_to_array(listed.content, ' '), 1)),
    born.at,
    born.at
FROM (
    VALUES
        (1, 1, 'Sequential scan on the orders table', $$The query took nine seconds because PostgreSQL read all four million rows. EXPLAIN ANALYZE showed a sequential scan on orders; an index on customer_id brought the query down to three milliseconds. Before a database administrator tunes any SQL statement, its plan, its joins and the server's memory and processor load are looked at. See also: cron job, extension, failover, foreign key, full text search, shared buffers, standby, statistics, vacuum, write-ahead log.$$),
        (2, 1, 'When autovacuum falls behind', 'Dead rows pile up in a busy table faster than autovacuum removes them, and every query reads the bloat. Lower autovacuum_vacuum_scale_factor for that one table to 0.02 instead of changing it for the whole database. Long transactions make it worse: postgres keeps old row versions on disk until the last open connection has committed or rolled back. See also: backup, deadlock, memory settings, primary key, primary server, replica, role and password, rollback, row-level security, unique constraint.'),
        (3, 1, 'Nightly backup with pg_dump', $$The postgres database is dumped at two every night with pg_dump in custom format, and the backup is copied to a second site. Once a month last night's backup is restored into an empty server, because a backup nobody has restored is only a hope. The dump holds schema, roles, rows and extensions; the write-ahead log and the disk space of the database server are watched separately. See also: connection pool, deadlock, full text search, large table, lock, log file, permissions, row-level security, schema change, shared buffers.$$),
        (4, 1, 'Point-in-time recovery', 'A base backup and all WAL files since then let us restore the postgres database to the minute before somebody ran DELETE without WHERE. Set recovery_target_time, start the server on the restored backup, and it replays the log and stops there. Deleted rows come back this way without undoing the other transactions of the day, provided the archive of log files has no gap. See also: cache hit, dead tuples, extension, full text search, idle session, permissions, rollback, statistics, unique constraint, vacuum.'),
        (5, 1, 'Streaming replica and lag', 'The postgres replica follows the primary by streaming WAL and usually lags less than a second. Look at pg_stat_replication; if replay_lsn stands still, a slow query on the replica is holding replay back. Replication also stops when the disk of the standby is full, or when a lock held by a long transaction there conflicts with vacuum. See also: bloat, corruption, failover, idle session, row-level security, schema change, statistics, tablespace, timeout, unique constraint.'),
        (6, 1, 'Failover to the standby', 'When the primary dies, promote the replica with pg_promote and point the connection pool at it. The old postgres primary must be rebuilt with pg_rewind or from a backup before it may join as a replica again. Applications connect again by themselves if the pooler retries; open transactions are lost, and the SQL clients see an error once. See also: checkpoint, full text search, large table, memory settings, permissions, primary key, primary server, query plan, vacuum, write-ahead log.'),
        (7, 1, 'Choosing between B-tree and GIN', 'A B-tree index answers equality and ranges on ordinary columns of a table. For jsonb and full text queries postgres wants a GIN index, although it makes each insert into the table and each restore of a backup slower. Every primary key has a B-tree already, and a foreign key column deserves one, or deletes and joins read the whole table. See also: bloat, CPU load, deadlock, extension, idle session, memory settings, migration, point in time recovery, role and password, rollback.'),
        (8, 1, 'Index nobody uses', 'On the primary and the replica pg_stat_user_indexes shows idx_scan = 0 for three large indexes after ninety days. No query needs them, they slow every write to the table and every restore, so drop them concurrently. An administrator checks constraints first: an index behind a primary key or a unique column of the database stays, used or not. See also: connection pool, corruption, extension, idle session, isolation level, monitoring, partition, postgres, tablespace, vacuum.'),
        (9, 1, 'Adding an index without blocking writes', 'CREATE INDEX CONCURRENTLY builds the index while the table is being written, but it cannot run inside a transaction. If it fails it leaves an invalid index behind that has to be dropped. It waits for old transactions to commit, takes twice the time, and needs free disk space and memory on the postgres server. See also: bloat, corruption, cron job, failover, full text search, idle session, log file, restore, sequence, standby.'),
        (10, 1, 'Locks during a schema migration', 'ALTER TABLE waits for an ACCESS EXCLUSIVE lock and every query behind it waits as well. Set lock_timeout to two seconds in the migration and try again rather than stopping the whole database. New columns without a default are added in a moment; a type change rewrites the rows, so schema changes on large tables run at night. See also: add column, cache hit, checkpoint, dead tuples, idle session, monitoring, replica, row-level security, sequence, standby.'),
        (11, 1, 'Connection pool in transaction mode', 'Postgres starts a process for each connection, so five hundred idle clients eat the memory of the database server. PgBouncer in transaction mode serves their queries with twenty server connections, to the primary or to the replica. The limit max_connections stays low, passwords and roles are checked by the pooler, and an application opens a session for one transaction only. See also: commit, corruption, deadlock, failover, restore, rollback, row-level security, sequence, statistics, write-ahead log.'),
        (12, 1, 'Partitioning the event table by month', 'Once the table grew to two hundred million rows, every query was slow and deleting old data left bloat. Now the postgres table is partitioned by month: dropping a partition is instant, and each index and backup stays small. SQL statements that select by date read one partition, inserts go to the newest, and vacuum and analyze have less to do on the server. See also: cache hit, cron job, full text search, jsonb, log file, migration, schema change, shared buffers, tablespace, timeout.'),
        (13, 1, 'Planner statistics gone stale', 'After the bulk load the postgres planner guessed ten rows where the table had a million and chose a nested loop. Running ANALYZE on the table, or VACUUM ANALYZE, gave the slow query a hash join and a tenth of the time. Statistics of each column tell the database how many rows a condition will select, so that SQL with joins gets a sensible plan. See also: CPU load, failover, isolation level, log file, long transaction, migration, permissions, replica, replication slot, unique constraint.'),
        (14, 1, 'Memory settings of the server', $$In postgres shared_buffers is a quarter of the database server's memory, effective_cache_size three quarters. work_mem counts per sort and per query, so a slow query with many sorts multiplied by a hundred connections brings the server down. What is left serves the cache of the operating system; monitoring of memory, disk, processor and connections warns the administrator early. See also: checkpoint, commit, corruption, dead tuples, dump, partition, rollback, schema change, shared buffers, write-ahead log.$$),
        (15, 1, 'Transaction id wraparound', $$A prepared transaction forgotten for weeks kept vacuum from freezing old rows of the table. Monitor age(datfrozenxid) of each postgres database, on the replica as well, and raise an alarm long before two hundred million. Deadlocks, idle sessions and whoever keeps other SQL statements waiting are found in the same view of the database's activity. See also: archive, checkpoint, extension, partition, permissions, role and password, shared buffers, statistics, unique constraint, upgrade to a new version.$$),
        (16, 1, 'Checking a backup after restore', $$After we restore last night's backup of the postgres database we compare row counts of every table, rebuild the vector indexes and run the slow queries once. The restore of 40 GB takes 55 minutes with four parallel jobs. Roles, permissions, sequences and extensions of the database are checked too, and the server's log file is read for errors of recovery. See also: add column, connection pool, dead tuples, disk space, foreign key, large table, migration, query plan, row-level security, unique constraint.$$),
        (17, 2, 'A flaky test is a bug', 'A test that fails at random one run in fifty teaches the team to press retry until the build passes. We quarantine the flaky test the same day, open a bug, and repair or delete it within a week. The developers note on which machine the assertion failed, whether it passes locally, and which change to the code or the pipeline broke the build before. See also: commit, coverage, exception, merge, mock, performance, pull request, pytest, reproduce, selenium.'),
        (18, 2, 'Freezing time in unit tests', 'The unit test failed every night between midnight and one because the code asked for today twice. Pass a clock as a fixture and let the test mock a fixed time; then it passes on every machine. Whoever debugs the code sets date, time zone and random numbers by hand, runs it again and gets the same result locally and in the pipeline. See also: assertion, bug report, crash, developer, edge case, exception, fake, performance, screenshot, set up and tear down.'),
        (19, 2, 'Fixtures with too much in them', 'A pytest fixture that builds twelve objects for a test with one assertion hides what the test is about. Build the smallest data in the test itself and share only slow fixtures, so that the suite runs fast. Set up and tear down belong beside the function under test, so that a developer can debug one case without reading the whole file. See also: boundary value, browser, commit, edge case, integration, pull request, release, screenshot, selenium, staging.'),
        (20, 2, 'Mocks that lie', 'We mock the HTTP client so thoroughly that every unit test of the suite passes while the real API has renamed a field. One integration test against a recorded answer would have failed the build at once. Stubs and fakes are checked against the real interface in the pipeline, so that a changed API fails the build of the software before we ship. See also: acceptance, assertion, browser, bug report, commit, legacy code, merge, pull request, snapshot, test data.'),
        (21, 2, 'Splitting the suite in continuous integration', 'The whole test suite runs eleven minutes in continuous integration. Splitting the tests by recorded duration over four jobs makes the build fast again, and slow tests carry a marker so that they run nightly. Developers who push a commit see within minutes whether the build passes or fails, and a branch is merged when every job is green. See also: acceptance, crash, debugger, fixture, flaky, legacy code, pull request, release, screenshot, staging.'),
        (22, 2, 'Coverage as a lamp', 'Ninety per cent test coverage says which lines no test ever runs, not that the assertions mean anything. In code review we look at branches that the test suite never runs and never chase the number. A pull request that lowers the percentage is discussed with the developer; edge cases and errors of the program count more than lines. See also: API contract, exception, isolation, merge, order of execution, parametrize, regression, snapshot, staging, stub.'),
        (23, 2, 'Property-based testing', 'Instead of five examples in a unit test, Hypothesis generates hundreds of random inputs and shrinks a failing one to the smallest case. The assertion failed on our parser: it loses a trailing newline in a quoted field. Such checks find edge cases no tester thinks of: empty input, huge numbers, strange characters, and functions called in the wrong order. See also: browser, bug report, build, error handling, fake, isolation, parametrize, pipeline, selenium, staging.'),
        (24, 2, 'Mutation testing weekend', 'We let a tool change operators in the code and run the test suite again: mutants that no test fails on survive. A third survived, since the tests called the functions but made hardly any assertion. A code review of the survivors showed missing assertions on return values and edge cases, and two functions of the program nobody ran again. See also: build, commit, continuous integration, coverage, error handling, fixture, legacy code, merge, performance, set up and tear down.'),
        (25, 2, 'Order-dependent tests', 'The suite passes locally and fails in continuous integration because there the tests run in random order. One test left a row behind in a shared fixture; now each test runs in a transaction that is rolled back. Whoever debugs a failing order sets the same random seed and runs it again locally; each case cleans up, so that checks may run in parallel. See also: API contract, build, merge, mock, regression, retry, selenium, set up and tear down, staging, unit check.'),
        (26, 2, 'Regression test before the fix', 'For every bug we first write a test that fails for the reported reason, run it and see it red, then repair the code until it passes. The reviewer runs the test without the fix to check that the assertion bites. The tester attaches steps to reproduce the defect, the version of the software and what was expected, and the case stays forever. See also: boundary value, branch, continuous integration, coverage, developer, fuzz, pipeline, random input, release, set up and tear down.'),
        (27, 2, 'End-to-end tests in the browser', 'Keep ten browser tests in the build and test the rest with fast unit tests. End-to-end tests run slowly and fail at random: most failures are a timeout waiting for an element rather than bugs in the code. Testers click through login, search and payment of the software by hand before we ship; a flaky screen gets a bug report with a picture. See also: acceptance, branch, debugger, exception, fake, legacy code, load, mock, order of execution, set up and tear down.'),
        (28, 2, 'Snapshot tests and noise', 'Snapshot tests of whole pages fail with every build, and reviewers approve them unread. Snapshot small pieces and write a real assertion for what matters, so that a failing test means a bug. A developer whose assertion fails after a change on purpose compares expected and actual output line by line before committing the file. See also: boundary value, debugger, flaky, integration, mock, property, regression, reproduce, screenshot, timeout.'),
        (29, 2, 'Test names as sentences', 'A test that fails in the build should say what is broken without opening the code: test_refund_is_refused_after_thirty_days. Names such as test_case_4 only help the developer who runs it locally. Given, when, expected: a good name tells the tester which function of the software fails, on which edge case, and what the assertion wanted. See also: commit, crash, error handling, fixture, flaky, parametrize, performance, property, random input, retry.'),
        (30, 2, 'Load test before release', 'Before a release the load test runs for thirty minutes in continuous integration with the data of production. The build fails on the assertion that the slowest responses are no slower than in the last release. Testers watch errors, memory and response time of the software while simulated users click, and the report goes to the developers. See also: commit, coverage, merge, mock, parametrize, performance, random input, reproduce, stack trace, stub.'),
        (31, 2, 'Sleeping in tests', 'time.sleep(2) makes the test suite slow on a good day and flaky on a bad one. Wait for the condition itself with a deadline, mock the clock where you can, and print what was seen when the assertion fails. In the pipeline such waiting costs the developers minutes on every commit, and what passes locally still fails at random on a slower machine. See also: API contract, continuous integration, crash, error handling, exception, fake, fuzz, parametrize, release, reproduce.'),
        (32, 2, 'Testing error paths', 'Most outages come from code that handles failures and that no test ever runs. A mock that refuses the connection or a clock that jumps past the timeout lets a fast unit test run each error branch. Edge cases such as empty files, missing rights or a crash in the middle get an assertion for every function before the build is shipped. See also: acceptance, API contract, boundary value, fake, fixture, parametrize, pull request, random input, refactor, release.'),
        (33, 3, 'The dragon under the salt mine', $$An adult copper dragon sleeps on the party's stolen treasure and loves riddles. If a character makes it laugh the dragon bargains; if the rogue steals a coin it breathes acid, and a failed saving throw knocks out a wounded wizard. The heroes may fight with sword and magic, walk on tiptoe around the sleeping monster or talk; the players decide, and the dice tell the rest. See also: alignment, combat round, encounter, experience points, fighter, fireball, halfling, map, paladin, tavern.$$),
        (34, 3, 'Goblin ambush at the ford', $$Six goblins wait in the reeds with shortbows while a bugbear pretends to be a stranded merchant. A rogue or ranger of the party notices the wet arrows; when half of the goblins are down the others run. The fight begins with initiative: players roll a twenty-sided die, archers hide behind shields, and the monsters' loot is forty coins. See also: armour class, bard, castle, curse, druid, guild, paladin, saving throw, spell, trap.$$),
        (35, 3, 'The Crooked Lantern tavern', $$The tavern keeper is a retired cleric who waters the ale and hears every rumour. Roll for tonight's encounter: a card game with a cheating goblin, a bard looking for a bodyguard, or a wizard who forgot his own name. Here the heroes hear of quests, monsters and old ruins, meet other adventurers, and the game master plays every guest with another voice. See also: alignment, elf, fireball, gold pieces, halfling, paladin, potion, spell, stealth check, zombie.$$),
        (36, 3, 'House rule for death saves', $$At our table the dungeon master rolls death saving throws behind the screen, so nobody in the party knows how close the knocked out fighter is. A cleric's spell or a healing potion brings her back as a bonus action. The players like the suspense of the dice, monsters seem more dangerous, and a hero's last hit point gets its own scene in the story. See also: character sheet, curse, druid, goblin, guild, miniature, orc, quest, session, spell slot.$$),
        (37, 3, 'Rogue of the Grey Quay', $$A halfling rogue of fifth level, expert in stealth and thieves' tools, owes a guild three hundred gold pieces. The player wants a chance to betray the guild, with the party's wizard and cleric, before the dragon burns the capital. Her player wrote two pages of story for the campaign: an orphan, an elf as mentor, a dagger with magic, and a villain to take revenge on. See also: adventure, backstory, curse, dungeon master, dwarf, fireball, god, riddle, troll, zombie.$$),
        (38, 3, $$Wizard's spell list for level three$$, $$Shield and misty step keep the party's wizard alive, web holds goblins that fail the saving throw, and detect magic is cast as a ritual. Save the last spell of second level for the dragon. She has four spell slots a day, so the player keeps fireball for monsters in a narrow dungeon and a charm for guards at the castle. See also: armour class, cleric, fighter, gold pieces, house rules, initiative, magic sword, map, stealth check, trap.$$),
        (39, 3, 'Balancing an encounter', 'A party of four characters of third level, say rogue, wizard, fighter and cleric, manages about three medium encounters between long rests. One ogre is easy, eight goblins with nets can knock out half the party, and a young dragon kills it. Game masters count monsters, hit points and terrain, and give the heroes loot, magic items and experience when the fight was hard. See also: armour class, bard, dungeon, dungeon master, experience points, fireball, house rules, miniature, riddle, session.'),
        (40, 3, $$The lich's bargain$$, $$The lich offers to return the paladin's dead brother in exchange for one memory from each adventurer of the party. A failed wisdom saving throw means the rogue or wizard accepts; only then does the party learn where the phylactery hangs. The undead villain of the campaign lives in a ruined castle with skeletons and ghosts, and the heroes need a quest of months to end him. See also: armour class, dragon, dungeon, dungeon master, elf, experience points, monster, orc, tavern, trap.$$),
        (41, 3, 'Session zero agreements', 'Before the campaign starts the players agree on tone, on topics to leave out, and on how characters may die. Everyone names one bond with another character in the party: the cleric once healed the rogue, the wizard taught the bard. The game master tells of the fantasy world, its kingdoms, elves, orcs and gods, and each player makes a hero with class, race and story. See also: armour class, dungeon, dungeon master, gold pieces, halfling, house rules, map, paladin, potion, quest.'),
        (42, 3, 'Puzzle door of the dwarves', 'The stone door opens when the runes are pressed in the order of a drinking song the party heard in the tavern. Wrong order: a blade trap, and whoever fails the dexterity saving throw is knocked to the floor; the rogue may disarm it. Behind it lie a dungeon with traps, monsters and gold; the game master lets the heroes roll dice for clues when the players are stuck. See also: bard, combat round, curse, fireball, god, long rest, miniature, quest, riddle, village.'),
        (43, 3, 'Initiative cards', $$Folded cards over the dungeon master's screen show initiative, armour class and saving throws of each character in the party, and of the goblins. Combat encounters at our table became a third shorter since then. Players roll the dice once, the game master sorts heroes and monsters, and everyone sees whose turn comes next in the fight. See also: bard, castle, character sheet, cleric, dwarf, fighter, map, paladin, potion, trap.$$),
        (44, 3, 'The owlbear in the orchard', 'A druid asks the party to catch, not kill, an owlbear that lost its cub to goblins. The ranger lays a trail of honey, the wizard casts sleep, the rogue sneaks: every way to solve the encounter earns the same experience. It is a good adventure for new players: a short story, one monster, no dungeon, and heroes who win without drawing a sword. See also: alignment, demon, dragon, fighter, house rules, long rest, magic sword, potion, stealth check, twenty-sided die.'),
        (45, 3, 'Magic item: the hungry blade', $$This magic longsword gives plus one to attack rolls but demands a drop of blood every dawn. After a natural one the fighter who fails a wisdom saving throw attacks the nearest member of the party, be it cleric, rogue or wizard. The heroes found it in an orc chieftain's hoard; an elven smith can break the curse in a quest that the game master keeps ready. See also: alignment, castle, character sheet, long rest, paladin, riddle, session, spell, spell slot, stealth check.$$),
        (46, 3, 'Map of the sunken temple', $$Twelve rooms of a dungeon, the lower half under water. Skeletons rise when the rogue takes the idol, the cleric who turns undead has disadvantage, and a saving throw keeps the party from drowning; the dragon's gate is on the second level. The game master describes smells and sounds of the ruin, draws the map for the players, and puts monsters, traps and loot behind the doors. See also: alignment, campaign, character sheet, dwarf, goblin, guild, house rules, treasure, troll, villain.$$),
        (47, 3, 'Travel by hex map', $$One hex is six miles; the party's ranger rolls survival to avoid getting lost and the dungeon master rolls for a random encounter at dusk: goblins, wolves, or a dragon seen from afar. The cleric's spell creates water in the desert. Players count rations, horses and days, heroes keep watch at the camp, and the story of the campaign grows from monsters met by chance. See also: adventure, castle, fireball, halfling, potion, riddle, trap, twenty-sided die, village, zombie.$$),
        (48, 3, $$Villain's monologue$$, 'The necromancer speaks only while her zombies close the exits, so a party that interrupts gains a surprise round. Whoever fails a saving throw must listen; give the wizard of the party one true thing: the king did order the massacre. A good enemy has a goal of his own, the game master plays him with a quiet voice, and the heroes meet him early in the adventure. See also: character sheet, dragon, dungeon master, dwarf, encounter, initiative, map, potion, quest, riddle.'),
        (49, 4, 'Cannae, 216 BC', $$The Carthaginian centre gave way slowly while the cavalry charged and drove off the Roman horse. When the African infantry closed on both flanks, the Roman army of eight legions was encircled and destroyed in one afternoon. Hannibal's victory is studied as a battle of encirclement to this day; Rome lost more soldiers in those hours than in years of war. See also: crusade, Greeks, Ottomans, prisoners, regiment, siege, surrender, tactics, tank, treaty.$$),
        (50, 4, 'Supply on the march to Moscow', $$The Grand Army took supplies for twenty-four days, and the wagons fell behind within a week. Cavalry horses died first, then artillery had no teams, and the regiments of infantry plundered a country already burnt. Napoleon's soldiers starved and froze on the retreat; of the troops that crossed the frontier, fewer than one in ten came home from the war. See also: castle walls, commander, crusade, flank attack, fortress, invasion, king, landing, submarine, victory.$$),
        (51, 4, 'Siege of Constantinople, 1453', $$The besieging army's artillery battered the land walls for fifty-three days while ships were dragged over the hill into the harbour. The garrison of seven thousand infantry was too small to man the wall, and the siege ended with an attack at dawn. The emperor died on the ramparts, the Ottoman cannon were the largest guns of the century, and historians count the end of an empire from it. See also: archers, battle, bomber, crusade, encirclement, knights, muskets, strategy, surrender, sword and spear.$$),
        (52, 4, 'Waterloo: the squares hold', $$French cavalry charged the allied infantry squares a dozen times without support from foot or guns. Horses will not ride into a hedge of bayonets, and the attack broke itself on the slope. Wellington's British soldiers waited for Blücher's Prussians, whose troops arrived towards evening; Napoleon's guard retreated and his last war was lost. See also: army, bomber, commander, flank attack, fleet, king, landing, Romans, strategy, tank.$$),
        (53, 4, 'Trench warfare on the Somme', $$A week of artillery fire was meant to cut the wire before the army's attack. It did not, and on the first morning regiments of infantry lost nearly sixty thousand men; the cavalry that was to charge through the gap never moved. British and German soldiers of the First World War lived there among rats, barbed wire, machine guns and shells, and hardly moved the front. See also: casualties, empire, Hannibal, king, landing, legion, prisoners, rations, Romans, supply line.$$),
        (54, 4, 'Logistics of the desert war', $$Every litre of fuel for the army's armoured divisions came over a single coast road, with an open desert flank. The further the general advanced from his port, the more of the supply trucks carried petrol only for other trucks. Rommel's German tanks won battles against British troops, but wars are won by ports, water, ammunition and rations for the soldiers. See also: cannon, cavalry, empire, fleet, fortress, landing, muskets, retreat, submarine, surrender.$$),
        (55, 4, 'The phalanx against the legion', $$At Cynoscephalae the infantry of the phalanx won on level ground and its line broke on the slope. Roman cavalry and maniples attacked the army's open flank, which the long pikes could not face. Macedonian soldiers carried long spears, Romans a short sword, javelins and a big shield; the historian Polybius compared weapons and tactics. See also: defeat, general, Greeks, Hannibal, king, Mongols, Ottomans, regiment, Stalin, war.$$),
        (56, 4, 'Agincourt mud', 'The army of French knights and cavalry charged through a ploughed field between two woods. Archers on both flanks shot the horses, the press of infantry grew so dense that men drowned in mud, and the reserve never attacked. The English king had a few thousand soldiers, hungry and ill from the march; longbows, not swords, won this battle of the Hundred Years War. See also: cannon, casualties, civil war, flank attack, Mongols, prisoners, retreat, Romans, siege, Stalin.'),
        (57, 4, 'Vicksburg and the river', $$The Union general crossed the river below the fortress, let his army live off the land and cut the railway that supplied it. After forty-seven days of siege and artillery fire the garrison's regiments surrendered for want of food. Grant's victory in the American Civil War split the enemy's country in two, and historians call it as important as any great battle. See also: archers, Caesar, cannon, Eastern front, Hannibal, strategy, tactics, trench, Vikings, Wellington.$$),
        (58, 4, 'Stalingrad encircled', 'Two fronts of armour and cavalry broke the weakly held flanks north and south of the city and met after four days. An army of a quarter of a million infantry depended on air supply that never reached a third of its needs. German troops and Soviet soldiers fought for every house in winter; the defeat turned the Second World War on the eastern front. See also: battle, Greeks, Hitler, march, muskets, prisoners, rations, strategy, surrender, victory.'),
        (59, 4, $$Vauban's parallels$$, $$The general's engineer dug three parallel trenches towards a fortress, so that infantry and siege artillery could come close under cover. An army could now calculate how many days a siege and its supply would last before the wall broke. Kings of the seventeenth century fought wars for castles and walled towns; soldiers dug, cannon fired, and the defenders gave up with honour. See also: armour, barbed wire, bomber, castle walls, landing, Mongols, muskets, rations, victory, Wellington.$$),
        (60, 4, 'Roman marching camp', $$Every evening the army's infantry dug a ditch and rampart in the same plan, with the cavalry in the middle, so each legion knew its place in the dark. An army that fortifies each night can be beaten in battle but seldom attacked by surprise. Caesar's soldiers marched twenty miles with weapons, tools, tents and rations on their backs; discipline of the troops won wars for the empire. See also: artillery, castle walls, civil war, fortress, knights, Mongols, muskets, Napoleon, Stalin, trench.$$),
        (61, 4, 'Gettysburg: the third day', $$After an artillery duel of two hours the general sent twelve thousand infantry across open fields. Fire from the flank broke the charging regiments before they reached the stone wall, and half of the attack did not return to the army. Lee's defeat in this battle of the American Civil War cost his troops so many dead and wounded that he retreated and never invaded again. See also: armour, casualties, Eastern front, encirclement, fortress, Hannibal, invasion, knights, Ottomans, tank.$$),
        (62, 4, 'Mongol feigned retreat', $$The army's light cavalry fled for days until the pursuing knights were strung out and thirsty. Then the heavy cavalry turned, charged the exhausted column from the flank, and its line broke with no way to withdraw. Genghis Khan's warriors shot arrows from the saddle; speed, tactics and discipline of these soldiers conquered the largest empire of the century. See also: Alexander the Great, castle walls, crusade, general, Greeks, march, Ottomans, rations, Romans, surrender.$$),
        (63, 4, $$Operation Overlord's harbours$$, 'Two artificial harbours of concrete were towed across the Channel to supply the army of the invasion. A storm broke one after twelve days, and infantry divisions, artillery and trucks were landed over the open beaches. British and American soldiers of the Second World War needed ammunition, tanks and rations on the first day; planes and navy held the enemy off. See also: archers, armour, Caesar, crusade, encirclement, fortress, march, Mongols, Romans, submarine.'),
        (64, 4, 'The Maginot Line reconsidered', $$The fortresses and their artillery did what they were built for: no army attacked them from the front. The campaign was decided on the flank, when armour broke through the forest that the general staff had thought impassable and infantry followed. French soldiers sat in bunkers while German tanks and planes won the battle; historians blame the commanders' strategy, not the weapons or troops. See also: casualties, civil war, crusade, defeat, invasion, landing, Mongols, muskets, sword and spear, tactics.$$),
        (65, 5, 'Quarterly advance payments', $$Income tax is paid in advance each quarter, due on the tenth of March, June, September and December. If this year's income falls, ask the tax office to lower the payment before the next due date. A freelancer pays on the estimated profit of the business; what was paid too much comes back as a refund after the yearly declaration. See also: capital gains, discount, laptop, meals, mileage, office supplies, registration, reminder, software subscription, wages.$$),
        (66, 5, 'VAT on invoices abroad', $$A business client in another EU country gets an invoice without VAT and with the note on reverse charge. Keep the client's VAT number and report the income in the quarterly tax summary. Private customers abroad are charged sales tax like those at home; the accountant checks rates, limits and the forms of the revenue office. See also: bankruptcy, deadline, depreciation, dividends, insurance contributions, meals, mileage, quote, tax office, travel costs.$$),
        (67, 5, 'What an invoice must contain', $$Client and own address, date, number, service, net amount, VAT rate, total and due date. If the invoice lacks one of them, the client has a reason not to pay the bill, and payment is overdue before anyone notices. Add the bank account, the terms of payment and the customer's order number, and send it on the day the work of the freelancer is finished. See also: accountant, audit, bank transfer, dividends, donations, income, insurance contributions, salary, small business, wages.$$),
        (68, 5, 'Home office deduction', 'A room used only for work can be deducted from taxable income with its share of rent, heating and electricity. A desk in the bedroom cannot, but you may deduct the flat rate for each day worked at home. Self-employed people claim a part of telephone, internet and office furniture as costs of the business, if the accountant can show proof. See also: dividends, freelancer, invoice, overdue, pension, profit, quarter, signature, software subscription, wages.'),
        (69, 5, 'Depreciation of the laptop', 'Equipment above the limit cannot be deducted at once but over its useful life. Of the invoice for the laptop, 1,900 without VAT, a third is deducted from income each year; the chair below the limit is an expense of this quarter. Small tools, books and office supplies are costs at once; the bookkeeper of a self-employed person lists purchases with price and date. See also: advance payment, audit, bank transfer, discount, expenses, mileage, pension, tax return, travel costs, wages.'),
        (70, 5, 'Reminder and interest for late payment', 'Thirty days after the due date a client who has not paid the invoice is in default. You may charge interest on the overdue amount and a flat fee of forty; a friendly reminder of the bill first is usually enough. The second letter sets a deadline, the third goes through a lawyer or debt collector, and the bookkeeper adds the fees to what the customer owes. See also: advance payment, bank transfer, discount, dividends, net amount, refund, registration, reverse charge, savings, travel costs.'),
        (71, 5, 'Keeping receipts', 'Receipts, bills and paid invoices have to be kept ten years for the tax office, and thermal paper fades after two. Without the receipt you can deduct neither the expense nor the VAT, so file it by quarter on the day of payment. The accountant wants scans in order: bank statements, purchases, fuel and meals with the customer, wages, and letters of the revenue office. See also: bank account, deadline, dividends, form, mileage, penalty, refund, reminder, reverse charge, travel costs.'),
        (72, 5, 'Small business exemption', $$Below the yearly turnover limit you charge the client no VAT on an invoice and deduct none. Once last year's income exceeds the limit, VAT is due with the first quarter. A freelancer who starts a business fills in the form of the revenue office, and the bookkeeping stays simple: money in, money out, profit. See also: bill, depreciation, dividends, donations, exchange rate, laptop, mileage, net amount, quote, receipts.$$),
        (73, 5, 'Travel expenses', 'The mileage of a trip to a client is deducted from income per kilometre, with a daily allowance for meals when away for more than eight hours. Bill the client the ticket with VAT, and write purpose and date on the expense sheet. Hotel, train, parking and meals with customers are costs of the business, too; a self-employed person keeps a log book and all tickets. See also: discount, home office, invoice, lawyer, profit, refund, reverse charge, tax office, tax return, wages.'),
        (74, 5, 'Separate account for tax', 'A third of every payment a client has paid goes to a savings account the same day, so that the tax payment due each quarter hurts nobody. VAT on our bills was never our income and goes there too. What the freelancer may spend as private money is the profit after tax, insurance and costs; the bookkeeper looks at the bank account monthly. See also: audit, deadline, expenses, laptop, overdue, pension, reminder, salary, self-employed, signature.'),
        (75, 5, 'Annual tax return calendar', 'The profit and loss account with all income and deductions comes in March, the tax return is due at the end of July, VAT each quarter. With an accountant the payment moves to February of the next year. A self-employed person collects bank statements, wages, donations and costs in one folder, and whoever files late pays a penalty to the revenue office. See also: bank account, bill, interest, meals, overdue, pension, refund, registration, savings, tax office.'),
        (76, 5, 'Credit note instead of correction', 'A wrong invoice is never edited after it was sent to the client. Issue a credit note that cancels the bill and its VAT, then a new invoice with the right amount and due date; interest counts from the new one. Bookkeeping software numbers both without a gap, and the accountant sees which customer owes money, how much and since when. See also: advance payment, donations, income, penalty, quote, refund, salary, signature, small business, tax return.'),
        (77, 5, 'Bad debts', 'If a client goes bankrupt, the VAT already paid on the overdue invoice can be claimed back. Document both reminders, the unpaid bill and the interest for the tax office, and deduct the loss from income. A freelancer asks new customers for a deposit, checks their credit, and lets the bookkeeper watch which money has not come to the bank account. See also: bookkeeping, contract, discount, form, home office, lawyer, mileage, self-employed, turnover, wages.'),
        (78, 5, 'Reserves for the health insurance', 'Voluntary contributions are calculated from the income on the last tax assessment, so a good year means a bill for back payment. Once paid, you can deduct the contributions from your income in the same quarter. Self-employed people put pension, insurance and other costs into the yearly declaration; the accountant estimates what is owed and what is refunded. See also: bank account, bank transfer, contract, deadline, donations, interest, reminder, signature, small business, VAT.'),
        (79, 5, 'Software subscriptions as expense', $$Bills for hosting and AI services can be deducted from income as an expense, but foreign invoices come without VAT. Add the tax yourself in the quarter's VAT return and deduct it in the same line. The bookkeeper keeps the credit card statement with them, changes dollars at the day's rate, and the revenue office sees what the business costs. See also: donations, exchange rate, form, laptop, overdue, refund, reverse charge, tax office, tax return, turnover.$$),
        (80, 6, 'Range in winter', 'At minus five degrees our electric car needs 23 kWh per hundred kilometres instead of 16. Heating the cabin and the cold battery take the difference, so the range at a full charge drops from 380 to about 270 kilometres. Drivers who warm the cabin while the vehicle is plugged in get further on frosty days; seat heating costs less energy than hot air. See also: air conditioning, autopilot, boot space, cable, hybrid, motor, regenerative braking, solar panels, towing, tyres.'),
        (81, 6, 'Charging to eighty per cent', $$At home the car's battery is charged every night to eighty percent and only before a long trip to one hundred percent. A full battery that stands in the heat for days ages fastest. A driver who keeps between twenty and eighty on daily rides loses hardly any capacity of the vehicle over the years, whatever the mileage. See also: app, dealer, garage, heat pump, motorway, passengers, roof box, speed, summer heat, winter.$$),
        (82, 6, 'Wallbox in the garage', 'The wallbox at home charges the electric car with eleven kilowatts and fills the battery overnight in six hours. The electrician put in a cable of its own and a residual current device. A plain household socket charges the vehicle far more slowly and gets hot; the charger on the wall of the carport is safe and cheap to drive with. See also: air conditioning, autopilot, emissions, heat pump, hybrid, one pedal, passengers, petrol, route planning, warranty.'),
        (83, 6, 'Fast charging on the motorway', 'Fast chargers give the car 150 kilowatts only while the battery is warm and below fifty percent. Arrive at the charger with ten percent, leave at seventy; filling it to one hundred percent takes as long again. Drivers on a long trip stop for a coffee every two hours; the vehicle plans the charging stations on the road and tells how long it takes. See also: air conditioning, app, boot space, consumption, degradation, garage, roof box, subsidy, summer heat, trailer.'),
        (84, 6, 'Preconditioning the battery', 'If the charger is set as destination the car warms the battery on the way. In January this cut the stop from forty-five to twenty-six minutes. The driver sees it in the app of the vehicle: a cold pack takes little electricity from the fast charger, a warm one full power. See also: air conditioning, hybrid, one pedal, petrol, roof box, route planning, software update, summer heat, towing, warranty.'),
        (85, 6, 'Charging cards and prices', 'To fill the battery at a motorway charger costs 79 cents per kilowatt hour, with the monthly plan 39. Charging the car at home with the wallbox costs 29 cents, and at noon the sun pays. Petrol or diesel for the same drive costs about twice as much; drivers with an app see which charging station is cheap before they plug in. See also: air conditioning, dealer, heating, one pedal, regenerative braking, resale value, route planning, solar panels, summer heat, trailer.'),
        (86, 6, 'Surplus charging from solar panels', $$The wallbox at home follows the solar panels and begins charging the car's battery above 1.4 kilowatts. From April to September the electric car fills its battery mostly with sunshine. Driving on electricity from one's own roof costs nearly nothing per kilometre, cleaner than petrol, and the charger stops the vehicle when clouds come. See also: autopilot, consumption, garage, heat pump, heating, lease, motor, route planning, software update, tyres.$$),
        (87, 6, 'Battery warranty', $$The maker guarantees seventy percent of the car battery's capacity for eight years. After three years of charging at home ours still has ninety-four percent, measured by charging it from empty to full at the wallbox. A buyer of a used vehicle should ask the dealer for this test, since a new pack costs more than the engine and gearbox of a petrol model. See also: autopilot, boot space, charging station, electricity price, garage, heat pump, heating, solar panels, speed, tyres.$$),
        (88, 6, 'Tyres and consumption', 'Winter tyres and a roof box cost the electric car more range than the heating: at 130 a full battery lasts 240 kilometres. At 110 kilometres an hour the battery loses twenty percent less. Drivers check the tyre pressure each month, drive slower on the road in rain and wind, and see in the display how much electricity is used. See also: autopilot, caravan, charger, charging station, hybrid, kilowatt hours, motorway, passengers, petrol, summer heat.'),
        (89, 6, 'Regenerative braking', 'In one-pedal driving the electric motor brakes the car and charges the battery on the way down. Coming down the pass the battery went from sixty to sixty-four percent, but a full battery at one hundred percent cannot take it. The driver hardly needs the brake pedal, brake pads of the vehicle last for years, and driving in town uses less electricity than on the road. See also: carport, charger, charging card, charging station, electricity price, heating, kilowatt hours, plug, solar panels, subsidy.'),
        (90, 6, 'Charging cable and plug', 'Public charging posts need the cable with the type 2 plug from the boot, while fast chargers have a cable of their own. If the plug is stuck in the car after charging, unlock the car twice and lift it a little. Drivers pay at the charging station with an app or card; the vehicle is locked, and electricity flows at the speed the station and cable allow. See also: battery, boot space, consumption, hybrid, lease, long trip, regenerative braking, solar panels, towing, trailer.'),
        (91, 6, 'Heat pump or not', $$The heat pump warms the car's cabin with a third of the battery power of a plain heater. On short electric trips around home it hardly pays, on the motorway in winter it saves ten percent of the battery. A dealer asks a thousand for it in a new vehicle; drivers in cold countries say yes, for driving in town seat heating uses little electricity. See also: app, carport, charging card, consumption, degradation, diesel, resale value, roof box, route planning, solar panels.$$),
        (92, 6, 'Towing a trailer', $$With the small caravan the car's range is halved and the battery falls from one hundred percent to ten in 170 kilometres. Most charging bays cannot be entered with a trailer, so plan a charger with drive-through bays. The driver needs more charging stops on the road, drives slower, and should ask the dealer how much weight the vehicle may pull. See also: app, consumption, degradation, diesel, fast charger, garage, insurance, plug, speed, twelve volt battery.$$),
        (93, 6, 'Software update of the car', 'After the update the electric car shows charging stations with free plugs and lets us set a charge limit in percent for home. The update failed once because the small twelve volt battery was weak. The driver starts it parked, by wifi, and the vehicle cannot drive for half an hour; dealers do it only when the engine control needs it. See also: air conditioning, cable, charger, degradation, electricity price, lease, motor, summer heat, towing, warranty.'),
        (94, 6, 'Parking for weeks', $$Before a holiday leave the car's battery at fifty percent, not full, and switch off the cameras. In three weeks at the airport the electric car lost only two percent of charge; at home it stays at the wallbox. A vehicle does not need electricity when parked, but a driver who watches it by the app wakes it each time; frost and heat cost mileage. See also: boot space, cable, caravan, charger, emissions, fire, hybrid, lease, resale value, roof box.$$),
        (95, 7, 'Saturn in the eight inch telescope', $$At 180 times magnification the Cassini division stood clear in the rings and Titan shone to the west. The six millimetre eyepiece was too much; the air boiled and the planet swam. Planets look best on nights of steady air, when a stargazer sees the ring's shadow on the globe; the rest of the sky only twinkles. See also: astrophotography, aurora, binoculars, dew, full moon, galaxy, Milky Way, star chart, sun, sunspots.$$),
        (96, 7, $$Jupiter's moons in binoculars$$, $$Steady ten by fifty binoculars on a fence and you see up to four moons beside Jupiter as tiny stars. Sketch their positions an hour later and you notice that Io has moved. Astronomers since Galileo have watched these four; Ganymede and Callisto, Mars, Venus and other planets are easy for a beginner's eye. See also: clouds, dark sky, eyepiece, finder, light pollution, Milky Way, night vision, Orion, red torch, sunspots.$$),
        (97, 7, 'Averted vision for faint galaxies', 'Look a little beside the faint galaxy, not straight at it, since the edge of the eye is more sensitive. Under dark skies the Andromeda galaxy showed its dust lane, and even binoculars show its companion as a faint star. It is two million light years away, the farthest thing in the universe a stargazer sees without help, a misty patch near Cassiopeia. See also: astrophotography, clouds, collimation, eclipse, full moon, nebula, pole star, satellite, Saturn, shooting stars.'),
        (98, 7, 'Dark adaptation', $$The eye needs thirty minutes under the dark night sky before faint nebulae, galaxies and a comet's tail appear, and one look at the phone ruins it. We use a dim red torch to read the star chart. Stargazers drive away from street lamps of the town, wait for new moon, and see the Milky Way in summer from horizon to horizon. See also: astrophotography, craters, full moon, Mercury, night vision, observatory, pole star, shooting stars, sunspots, Venus.$$),
        (99, 7, 'Perseids from the meadow', 'Between midnight and three we counted sixty-one meteors, nine of them brighter than Vega. A deck chair, a blanket and a sky without the moon matter more than any telescope. Stargazers lie down and look up at the shooting stars of August or the Geminids in December; a solar or lunar eclipse is rarer. See also: app, aurora, beginner, lens, red torch, Saturn, sketch, star chart, tracking, tripod mount.'),
        (100, 7, 'Collimating the Newtonian', $$A bright star out of focus should show rings like a target in the telescope; ours were off to one side. Two turns on the mirror's screws, and Jupiter's belts and the double stars in Lyra were sharp tonight. The beginner turns one screw at a time, with a laser or a star, before watching planets and nebulae in space with high magnification. See also: app, craters, dark sky, eclipse, Orion, satellite, solar filter, space station, star chart, Venus.$$),
        (101, 7, 'Light pollution and filters', 'From the balcony the sky is so bright that only open clusters are worth the effort. A nebula filter darkens the sky and shows the Veil, but it does nothing for galaxies. A stargazer in town watches the moon, planets, double stars and the sun with a safe filter; for the Milky Way one has to leave the lamps. See also: Andromeda, asteroid, dark sky, galaxy, observatory, Pleiades, polar alignment, shooting stars, sunspots, tracking.'),
        (102, 7, 'Comet in the evening sky', 'The comet stood low in the west after sunset, a fuzzy star with a tail of two degrees in binoculars. It is brightest on the nineteenth but then the moon disturbs. Astronomers in an observatory found it last year in space beyond Jupiter; stargazers watch it until it fades on its orbit round the sun. See also: app, dark sky, double star, eclipse, full moon, lens, Pleiades, pole star, shooting stars, zenith.'),
        (103, 7, 'Choosing eyepieces', 'Three are enough: thirty-two millimetres for wide star fields, thirteen for galaxies, seven for planets. Exit pupil above six is wasted light for older eyes. Magnification is the focal length of the telescope by that of the eyepiece; a beginner finds objects in the sky with low power first. See also: binoculars, full moon, polar alignment, pole star, red torch, satellite, sketch, supernova, tracking, zenith.'),
        (104, 7, 'Orion Nebula with children', $$Four stars of the Trapezium in the bright heart, and the nebula spreads like wings. The children saw it grey with a trace of green through the telescope and were amazed. The hunter's belt points there in the winter sky, a beginner finds it with binoculars, and new suns are being born in its gas and dust. See also: app, comet, dew, lens, light pollution, Mars, meteor shower, planet, supernova, Venus.$$),
        (105, 7, 'Polar alignment', 'Put the pole star on the small circle of the polar scope, and the telescope follows the night sky for an hour. Without it Jupiter and its moons drift out of the eyepiece in a minute. A mount turned by a motor cancels the turning of the earth; astronomers who take pictures of nebulae and planets need it, beginners do not. See also: clouds, craters, double star, night vision, Pleiades, red torch, satellite, star chart, Venus, zenith.'),
        (106, 7, 'Lunar craters at the terminator', $$Along the line of sunrise on the moon the craters throw long shadows. At first quarter binoculars show the large craters, and a small telescope the Alpine Valley. Full moon is the worst night for watching craters, seas and mountains; a lunar eclipse, when the earth's shadow covers it, is the exception. See also: Andromeda, asteroid, aurora, eyepiece, finder, Mercury, nebula, observatory, pole star, red torch.$$),
        (107, 7, 'Observing log', $$Date, darkness of the sky, telescope or binoculars, eyepiece and a pencil sketch of each planet, comet, star or galaxy seen tonight. Last year's notes tell which galaxies need the dark mountain. A beginner finds constellations, meteors, eclipses and satellites in the yearbook of astronomers and ticks off what the night brought. See also: clouds, craters, full moon, Mars, mirror, night vision, Orion, pole star, star chart, zenith.$$),
        (108, 7, 'Star party on the high plateau', 'At 1,600 metres the Milky Way cast a shadow and the night sky was full of faint stars. Eleven telescopes, Jupiter and its moons at dusk, dew by two, and the galaxy M51 with its spiral arms. Astronomers and beginners showed each other nebulae, clusters and planets; stargazers came from three countries for the new moon in space-black dark. See also: clouds, collimation, double star, Mars, meteor shower, night vision, observatory, Pleiades, polar alignment, shooting stars.'),
        (109, 7, 'Dew on the optics', 'When the telescope or the binoculars fog up, stars and planets grow halos and faint galaxies vanish. A foil shield and a weak heating band keep the optics dry through the night until dawn. The stargazer who waits outside on a clear, cold night needs warm shoes, tea and a dry cloth; mirrors of large telescopes fog less. See also: astrophotography, comet, craters, night vision, red torch, star chart, star cluster, supernova, tracking, zenith.'),
        (110, 8, 'Bishop pair in open positions', $$Two bishops rule an open board because together they cover every square. Do not trade one for a knight unless you win a pawn or wreck the pawn structure. In a match I look which colour my opponent's pieces stand on, and the player whose queen and rooks help the two wins more games. See also: beginner, checkmate, fork, mate in two, opening, opposition, queen's gambit, Sicilian, stalemate, trade pieces.$$),
        (111, 8, 'Knight outpost on d5', $$A knight on d5 protected by a pawn and safe from enemy pawns is worth a rook. Black has to give the bishop for it, and then the weak square remains. The opponent's queen and other pieces have to walk around it, and the player with white can attack the king on either side of the board. See also: blunder, checkmate, clock, draw, exchange, grandmaster, middlegame, opposition, rating, resign.$$),
        (112, 8, 'Castling late', 'I left the king in the centre to win a pawn and lost in nineteen moves. When the e-file opens, castle first and count material later. A beginner brings out knights and bishops in the opening, puts the king into safety, and only then looks for an attack on the opponent. See also: blitz, board and pieces, checkmate, combination, draw, gambit, grandmaster, hanging piece, pin, Sicilian.'),
        (113, 8, 'Rook endgame: building the bridge', 'With the king in front of the pawn and the enemy king cut off by one file, put the rook on the fourth rank. It shields the king from checks and the pawn becomes a queen. Grandmasters play such an ending by heart, a beginner learns it in an evening on the board, and it decides many a game at the club. See also: coach, computer engine, fork, knight, opponent, pin, puzzles, resign, Sicilian, skewer.'),
        (114, 8, 'Rook endgame: the sixth rank defence', 'The weaker side keeps the rook on the sixth rank until the pawn advances, then checks from behind. Passive defence on the back rank only holds against rook pawns. A player who knows it saves half a point in a lost match: the opponent moves, checks, and cannot win the game with one pawn more. See also: centre, checkmate, coach, draw, exchange, French defence, mate in two, rapid, rating, zugzwang.'),
        (115, 8, 'Sicilian: the exchange on c3', $$Black gives a rook for the knight on c3 and gets the white pawns in ruins. In this opening it is often stronger than any quiet move. A player sacrifices material for activity of the other pieces; the opponent's king stays in the middle of the board and the attack wins games. See also: blunder, castling, checkmate, defence, draw, gambit, Magnus Carlsen, middlegame, puzzles, queen's gambit.$$),
        (116, 8, $$Queen's Gambit declined plans$$, 'White attacks with the minority on the queenside: pawn to b5 and a weak pawn on c6 remains. Black trades the bad bishop and seeks play against the king. Grandmasters have played this opening for a century; a beginner learns where the pieces belong and which squares the opponent wants to attack. See also: calculation, coach, combination, computer engine, hanging piece, knight, Magnus Carlsen, move, open file, skewer.'),
        (117, 8, 'Calculating forcing moves', 'Look at checks, captures and threats first, for both sides, before any plan. My blunder on move twenty-four was a capture I never looked at. A player who checks what the opponent threatens before each move hangs fewer pieces, wins more games and sees his rating go up. See also: attack, bishop, calculation, computer engine, gambit, hanging piece, Magnus Carlsen, mate in two, sacrifice, Sicilian.'),
        (118, 8, 'Opposition of the kings', 'In pawn endings the king that does not have to move holds the opposition. Three ranks ahead of the pawn the win is a matter of counting. A beginner practises it on an empty board with few pieces, since the player who knows it turns a drawn game into a queen and checkmate. See also: blitz, centre, French defence, gambit, hanging piece, knight, Magnus Carlsen, opening, pin, skewer.'),
        (119, 8, 'Sacrifice on h7', $$Bishop takes h7 works when the knight can reach g5, the queen h5, and no black piece covers the square. I counted one defender too few and lost the piece. A player who sacrifices a piece on the board must see the checkmate or a winning attack against the opponent's king, or the game is lost. See also: blitz, calculation, clock, computer engine, discovered check, grandmaster, isolated pawn, passed pawn, trade pieces, zugzwang.$$),
        (120, 8, 'Clock in rapid games', 'Fifteen minutes for a game: spend five on the first fifteen moves and keep two for the endgame. I lost a won rook ending on time. A player in time trouble overlooks pieces that hang and a mate in two; quick moves in the opening leave minutes when the opponent attacks. See also: blunder, centre, combination, draw, fork, French defence, Magnus Carlsen, pawn, resign, zugzwang.'),
        (121, 8, $$Isolated queen's pawn$$, $$The isolated pawn gives open files and an outpost for the knight, and is weak in the endgame. Trade pieces against it, keep the queens if you have it. Players reach it from the queen's gambit and other openings; grandmasters as white attack the king, the opponent blocks the square before the pawn. See also: beginner, board and pieces, centre, checkmate, draw, exchange, fork, French defence, hanging piece, mate in two.$$),
        (122, 8, 'Club tournament, round four', $$Black against a stronger player, French defence, pawn chain with bad bishop. I traded it on a6, equalised and took a draw by repetition of moves. My opponent's rating was two hundred higher; the players shook hands over the board after forty moves, and our team won the match. See also: analysis, beginner, blunder, combination, fork, king's pawn, queen's gambit, rapid, Sicilian, stalemate.$$),
        (123, 8, 'Training with tactics puzzles', $$Twenty minutes of puzzles every morning: forks, pins, discovered attack, mate in three. Write the move down before moving a piece or you guess. The player sees patterns of pieces on the board faster, a beginner's rating rises within months, and opponents' traps are seen in a real game. See also: blitz, clock, club, doubled pawns, French defence, king safety, king's pawn, open file, outpost, skewer.$$),
        (124, 8, 'Analysing a lost game', $$First annotate the game without the engine: where did you stop understanding the position? Then let the engine show the moves you did not consider. A player learns most from games he lost: was it the opening, a hanging piece, a bad plan in the middlegame, an attack against the king? See also: blunder, centre, combination, Magnus Carlsen, opposition, pawn, queen's gambit, Sicilian, stalemate, tournament.$$),
        (125, 9, 'Bathroom wall before tiling', 'Old paint is ground off, holes are filled with plaster and the wall is primed, otherwise the tiles come down with the paint. In the shower a sealing coat goes under the tiles. The builder lets the plumber and the electrician finish pipes and cables of the house first; silicone goes round basin, bath and tap. See also: damp, drill, heating, lamp, parquet, sander, saw, socket, toilet, varnish.'),
        (126, 9, 'Insulating the attic floor', 'To insulate the attic, twenty-four centimetres of cellulose were blown between the joists under the old floorboards. It cost 3,100 for seventy square metres, and with the new windows the bedroom below is four degrees warmer. The carpenter laid boards on top for storage, the roof tiles of the house were checked for leaks, and the heating bill of each room fell. See also: basin, budget, cellar, drill, dust, electrician, fuse box, parquet, rubble, sink.'),
        (127, 9, 'New windows for the north side', 'Triple glazing for five windows cost 5,800 with fitting; the old frames leaked so much that curtains moved. Foam, tape and plaster around the frame took longer than the windows. The carpenter measured each room of the house, and the builder took away the old glass; permission was not needed, a quote of three firms was. See also: carpet, cellar, chimney, drill, dust, parquet, permit, roof tiles, saw, wall.'),
        (128, 9, 'Sanding the floorboards', 'Three passes with the drum sander over the old floorboards, then the edges along the wall by hand. Two coats of hard oil instead of paint; to replace the floor would have cost five times as much. The rooms of the house were empty for three days; dust got everywhere, the machine was hired for a weekend, and skirting boards came last. See also: attic, bathroom, ceiling, cupboards, parquet, permit, plaster, plumber, toilet, wiring.'),
        (129, 9, 'Damp in the cellar', 'The white bloom on the old cellar wall is salt, and paint only hides it. We knocked off the plaster to half a metre above the damp and used a renovation plaster that dries the brick. The builder dug along the outside of the house, laid a drain and sealed the concrete; water from the gutter of the roof was the cause. See also: bath, bathroom, carpet, chimney, drywall, garden fence, mould, sander, screws, worktop.'),
        (130, 9, 'Moving a door opening', 'The wall is load-bearing, so the builder put in a steel lintel before cutting. The structural engineer cost 350, and the old doorway was bricked up, plastered and primed like the wall beside it. Neighbours of the house heard the drill for two days; the rooms were covered with sheets, rubble filled a skip, and a carpenter hung the new door. See also: chimney, drywall, hammer, parquet, roof tiles, screws, silicone, toilet, varnish, wiring.'),
        (131, 9, 'Kitchen wiring plan', 'Seven sockets in the kitchen wall above the tiles, one circuit for the oven and one for the dishwasher. The electrician chased the old wall before it was plastered, which saved the cost of a second coat. The carpenter fits cupboards and worktop of the new kitchen last; plumber and builder agreed on sink, drain, lamps and cables in the house. See also: architect, bath, drill, dust, heating, parquet, roller, roof tiles, shower, varnish.'),
        (132, 9, 'Painting a ceiling without stripes', 'Paint the ceiling towards the window with a long-haired roller and never let the edge dry. Plaster and prime first, as old distemper drinks paint and peels off the wall. Cover furniture and floor of the room with sheets, tape the edges, and buy a washable colour against mould for kitchen and shower of the house. See also: architect, bath, boiler, builder, cupboards, heating, quote, roof tiles, socket, varnish.'),
        (133, 9, 'Drywall partition in the attic', 'Metal studs every sixty-two centimetres, mineral wool to insulate, two layers of plasterboard on each side of the new attic wall. Joints are plastered twice and sanded, then primed for paint; the old floorboards stay. A builder needs two days for such a room in the house, a handyman with a friend a weekend; cables and pipes are laid before it is closed. See also: architect, boiler, cupboards, gutter, mould, permit, shower, varnish, window, wiring.'),
        (134, 9, 'Budget of the renovation', 'Of 38,000 the cost of new windows, of insulating the attic and of the bathroom tiles takes two thirds. Fifteen per cent stays in reserve, and the rotten beam under the old bath has already eaten half of it. Builder, carpenter, plumber, roofer and electrician each gave a quote for their part of the house; kitchen and heating wait until next year. See also: ceiling, drill, drywall, floorboards, leak, load-bearing, silicone, staircase, toilet, varnish.'),
        (135, 9, 'Laying the tiles', 'Start laying the tiles from the middle of the bathroom wall so that cut tiles are equal at both corners. The wall has to be plastered and primed, and the grout follows after twenty-four hours. A handyman saves the wages of the builder, glues on a level floor, cuts with a wet saw round pipes and taps, and seals the shower last. See also: attic, budget, carpet, drill, floorboards, frame, sander, screws, silicone, wiring.'),
        (136, 9, 'Replacing the radiator pipes', 'The plumber ran new pipes under the screed and moved the bathroom radiator to the window wall. Pressure test overnight before the floor was closed. For two days the house had no heating and no hot water; the builder repaired concrete, and kitchen, basin and toilet got new taps. See also: attic, ceiling, dust, electrician, fuse box, load-bearing, screws, silicone, sink, wiring.'),
        (137, 9, 'Repairing the staircase', 'Two old treads and a floorboard creaked because the wedges were loose. Glue, screws from below and new paint cost little; to replace the staircase the wall beside it would have to be plastered again. The carpenter of the house oiled the handrail of oak; a handyman repairs such wood in a weekend with hammer, saw, drill and clamps. See also: budget, cupboards, dust, frame, grout, load-bearing, pipes, roller, rubble, worktop.'),
        (138, 9, 'Roof window and vapour barrier', 'The old roof window in the attic was replaced and sealed with tape to the vapour barrier. If damp air from the room gets into the insulation behind the plasterboard wall, the rafters rot. The roofer needs scaffolding on the house, permission and dry days; the carpenter cuts the beams, and the room gets light and a blind. See also: bathroom, electrician, floor, grout, lamp, leak, mould, old house, toilet, worktop.'),
        (139, 9, 'Old wallpaper', 'Under the wallpaper of the old bathroom wall were four layers and a newspaper of 1962. The steam stripper took it off in an hour; loose plaster came with it and had to be filled before the wall was primed. A handyman does a room of the house in a day with scraper, bucket and ladder; behind it a builder found old cables and a blocked chimney. See also: architect, boiler, frame, hammer, quote, radiator, roller, rubble, sander, shower.'),
        (140, 10, 'Flat loaf in the morning', 'I left the shaped dough on the warm counter overnight, and the loaf collapsed when it went into the oven. Next time the dough rises in the fridge and the loaf goes straight from cold into the hot oven. A baker sees it when slicing: no bubbles inside, a dense and sticky crumb, pale crust. Less yeast activity or shorter proofing at room temperature helps. See also: baguette, freeze, rye, scales, scoring, seeds, stretch and fold, wheat, wholemeal, wild yeast.'),
        (141, 10, 'Feeding the starter', 'Feed the starter with equal weights of flour and water once a day on the counter, or once a week in the fridge. It is ready for baking bread when it doubles in four hours. The wild yeast lives in a jar with a loose lid; a baker stirs it with a spoon, and bubbles and a mild sour taste show that it is alive. See also: baking stone, bulk fermentation, gluten, loaf, pancakes, recipe, scales, seeds, temperature, wholemeal.'),
        (142, 10, 'Starter smells of nail varnish', 'That sharp smell means the starter is hungry. Keep one spoonful, feed it with fresh flour and water twice a day, and after three days the dough rises and the bread bakes well again. Vinegar, grey liquid on top, few bubbles: the wild yeast in the jar is weak but not dead. Mould of any colour is a reason for a new one. See also: bakery, crumb, crust, discard, pancakes, rolls, salt, scales, seeds, shaping.'),
        (143, 10, 'Baking in a cast iron pot', 'The pot is heated in the oven for forty minutes at 250 degrees before the dough goes in. The loaf bakes twenty minutes with the lid for steam, then twenty-five without it until the crust of the bread is dark brown. Bakers bake on a hot stone as well; steam keeps the skin stretchy, the crumb gets big bubbles, and slices stay crisp when toasted. See also: baguette, bakery, discard, freeze, hydration, salt, scoring, sour taste, vinegar smell, wheat.'),
        (144, 10, 'Gummy crumb', 'The crumb of the rye loaf stuck to the knife because I cut the bread warm from the oven. Rye bread has to rest for a day after baking, and the oven should fall from 250 to 200 degrees. A baker knocks on the bottom and listens for a hollow sound; butter on a slice the next day tastes best, sour and nutty with seeds. See also: bakery, baking stone, flour, gluten, holes, knead, recipe, starter, toast, warm kitchen.'),
        (145, 10, 'Stretch and fold', 'Instead of kneading, the bread dough of flour, water and starter is stretched and folded four times in two hours. You feel how the dough becomes smooth, and the loaf no longer spreads in the oven. A bakery kneads by machine; at home a bowl, wet hands and patience make gluten, bubbles in the crumb and a round ball with a tight skin. See also: baguette, butter, crust, discard, holes, jar, overnight, pizza, vinegar smell, wholemeal.'),
        (146, 10, 'Whole wheat needs more water', $$Wholemeal flour drinks more, so I add water up to eighty per cent of the flour's weight to the dough. The baked loaf stays moist for four days but does not rise as high in the oven. Spelt, oats and seeds soak overnight in a bowl; a baker weighs all ingredients with kitchen scales, since wet grain makes a sticky crumb. See also: baguette, freeze, fridge, gluten, hydration, knead, pizza, salt, scoring, slice.$$),
        (147, 10, 'Scoring the crust', 'A razor held flat cuts the cold dough half a centimetre deep before baking, and the loaf opens with an ear in the oven. A wet blade tears the dough and the bread bursts at the side. A baker flours the proofing basket, tips it onto paper, cuts a cross or a leaf and bakes at once; crisp skin and open crumb are the reward. See also: bubbles, bulk fermentation, butter, cast iron pot, discard, knead, mould, starter, stretch and fold, water.'),
        (148, 10, 'Overproofed or underproofed', $$Press the dough with a wet finger: if the dent stays the dough has risen too long and the loaf will collapse in the oven. If it springs back at once, wait before baking the bread. Time is the baker's ingredient: a cold kitchen means slow yeast and a dense crumb, a warm one sour taste and bubbles that burst. See also: baguette, bulk fermentation, cast iron pot, discard, fridge, gluten, hydration, pizza, salt, water.$$),
        (149, 10, 'Saturday timetable', 'Feed the starter with flour and water on Friday evening, mix the dough at eight, fold until ten, shape the loaf at two. The dough rests in the fridge overnight and goes into the oven on Sunday for fresh bread. A weekend baker needs jar, bowl, scales and a proofing basket; the family gets warm slices with butter and jam, the freezer keeps the rest. See also: bulk fermentation, cast iron pot, discard, holes, rolls, rye, salt, scoring, shaping, wild yeast.'),
        (150, 10, 'Rye starter from nothing', 'Mix rye flour and warm water, wait a day, throw half away and feed the starter with flour and water again. After six days of feeding it bubbles and is strong enough for baking the first loaf. Wild yeast and bacteria come from the grain; the jar stands in a warm kitchen, smells sour, and bakers keep some dried for years. See also: bulk fermentation, butter, cast iron pot, freeze, hydration, scales, slice, spoon, temperature, toast.'),
        (151, 10, 'Salt and fermentation', 'Two per cent of salt by weight of the flour slows the rising of the dough and gives the bread its taste. Without salt the dough ran like soup and the loaf was flat when it came out of the oven. A baker adds it after mixing, weighs it on the kitchen scales, and finds the crumb firmer, the gluten tighter and the yeast calmer. See also: bakery, baking stone, butter, holes, jar, knead, overnight, rye, steam, wild yeast.'),
        (152, 10, 'Discard pancakes', 'Starter that would be thrown away before feeding with flour and water makes pancakes with an egg and milk. Crackers of starter, flour and seeds baked in the oven work as well when there is no bread dough. Bakers waste nothing: waffles, pizza and crumpets get a sour taste from the jar without waiting for the wild yeast to make bubbles. See also: bulk fermentation, crumb, freeze, fridge, overnight, scoring, spelt, spoon, temperature, wholemeal.'),
        (153, 10, 'Steam without a pot', $$A tray of boiling water in the oven keeps the crust of the loaf soft long enough for the dough to rise. Take the water out after fifteen minutes of baking or the bread stays pale. The baker's trick gives a crisp and shiny skin; spray, ice cubes or lava stones do the same for rolls, buns and white slices for toast. See also: butter, cast iron pot, flour, fridge, holes, pizza, rye, salt, sour taste, spoon.$$),
        (154, 10, 'Baguettes with a young starter', 'For baguettes I feed the starter three hours before mixing the dough of white flour and water. The dough rests cold overnight and the loaves bake in the hot oven on a stone. A French bakery proofs them in linen, cuts five times and bakes dark; the crumb has irregular bubbles, the crisp ends are eaten first. See also: holes, hydration, pancakes, pizza, rolls, scoring, stretch and fold, toast, wholemeal, wild yeast.'),
        (155, 11, 'Long run on Sunday', 'The long run grows by two kilometres a week up to thirty-two, with an easy week every fourth. It is run a minute slower than race pace and the last five kilometres a little faster. A runner finishes it tired but able to talk; legs and feet learn the distance of forty-two kilometres, and sleep repairs the muscles. See also: ankle, beginner, cadence, carbohydrates, medal, shoes, socks, splits, squats, tempo.'),
        (156, 11, 'Weekly kilometres', $$Sixteen weeks before the race I run forty kilometres a week, at the peak sixty-five. More than ten per cent a week brings pain in the shin. A runner's week has four or five runs: easy jogging, a tempo run or intervals, a long run; beginners add miles slowly so that calf and knee do not hurt. See also: cadence, finish line, personal best, salt, socks, splits, squats, stitch, stretching, track.$$),
        (157, 11, 'Tempo run', 'Eight kilometres at the pace I could hold for an hour, after two of warming up. Breathing is hard but even; if I have to slow down the pace was wrong. Runners call it comfortably hard: the heart beats fast, legs burn a little, and the speed for the finish of the race is learned by jogging around it. See also: blister, breakfast, cramp, miles, motivation, rain, stitch, taper, water, wind.'),
        (158, 11, 'Intervals on the track', 'Six intervals of one kilometre at a pace of 4:40 with two minutes of jogging rest between. The sixth should be as fast as the first, and if the calf or the knee begins to hurt the training is over. Runners sprint or jog laps in the stadium with a coach and a stopwatch; such intervals make legs and heart faster for the finish of the race. See also: breakfast, cramp, heat, hills, long run, medal, miles, pasta, salt, treadmill.'),
        (159, 11, 'Sore knee after hills', 'The knee hurt on the outside after running downhill: the band of the thigh. Three days of rest, hip exercises and shorter steps, then easy running on flat ground. A runner with such an injury asks a physiotherapist, cools the joint, stretches, rides a bicycle for fitness and comes back jogging slowly. See also: ankle, blister, breathing, cramp, heart rate, rest day, shoes, start line, stomach, wind.'),
        (160, 11, 'Calf strain', 'A sudden sting in the calf in the fifth interval means stop, walk home and put the leg up. After a week I jogged five kilometres without pain and the plan lost ten days. Runners get such injuries in calf, shin and tendons from too many miles and too fast a tempo; stretching, a roller and rest heal legs in weeks. See also: ankle, gels, hills, intervals, kilometres a week, personal best, socks, splits, stitch, water.'),
        (161, 11, 'Tapering', 'In the last three weeks the kilometres fall to seventy, fifty and thirty per cent, but the pace stays. The legs feel heavy on Thursday and fresh on the day of the race. A runner sleeps, stretches and eats pasta; muscles recover, no workout makes anyone fitter now, and the bib number and socks lie ready for the start. See also: carbohydrates, easy run, heat, miles, salt, shin, squats, stomach, toilet, wind.'),
        (162, 11, 'Race pace and splits', $$For a finish in 3:45 every kilometre of the race takes 5:19. I start the first five at a pace of 5:25, since every second won there costs three after kilometre thirty-five when calf and knee hurt. The runner wears a watch that shows speed for each mile, follows the pacemaker's balloon, drinks at each table and smiles at the finish line. See also: beginner, breathing, carbohydrates, intervals, medal, rain, start line, stitch, strength, wind.$$),
        (163, 11, 'Eating during the race', 'A gel every seven kilometres from the first hour and water at each station. Tried in the long runs, because the stomach of a runner dislikes surprises. Runners drink before they are thirsty, eat pasta the evening before, a banana and toast at breakfast, and carry sugar for miles without tables. See also: calf, finish line, intervals, kilometres a week, personal best, recovery, shoes, squats, stitch, treadmill.'),
        (164, 11, 'Shoes', 'Two pairs in turn, each good for about seven hundred kilometres. Race shoes are worn on two long runs before, never new on the day. A runner lets the shop film feet and ankles on a treadmill; soft soles, wide toes, dry socks and no blisters matter more than the brand. See also: achilles, breakfast, breathing, calf, cramp, heart rate, medal, sleep, toilet, weight.'),
        (165, 11, 'Heart rate zones', $$Easy running stays below 142 beats, tempo around 162. When the resting pulse is eight beats up in the morning I swap the intervals for a rest day. A runner's watch and chest strap measure it on every workout; jogging slowly trains the heart, and fitness shows when speed rises at the same pulse. See also: ankle, calf, carbohydrates, cramp, half marathon, medal, miles, salt, stomach, wind.$$),
        (166, 11, 'Half marathon as a test', 'The half marathon five weeks before in 1:46 predicts a time of 3:43. The wind on the dyke cost a minute, the knee kept quiet. Runners start in blocks by their time; thousands of legs, a medal at the finish, twenty-one kilometres run at a speed that felt easy at the start. See also: calf, intervals, personal best, race day, shoes, socks, start line, stitch, strength, treadmill.'),
        (167, 11, 'Strength for runners', 'Twice a week single-leg squats, calf raises and planks for twenty minutes on a rest day. Since then the knee does not hurt after a run and the hips no longer drop in the last kilometres of the race. A runner with strong muscles in legs, back and feet keeps the pace with fewer injuries; stretching, yoga and the gym complete the week. See also: ankle, blister, coach, heart rate, hills, kilometres a week, long run, motivation, shin, wind.'),
        (168, 11, 'Running in heat', $$Above twenty-five degrees I start at six, run by heart rate and add thirty seconds to the pace. Salt in the bottle on runs beyond two hours. Runners wear a cap and light shirt, jog in the shade, drink more, and stop when dizzy; a workout at the gym's treadmill is the alternative. See also: achilles, calf, finish line, long run, medal, pasta, personal best, squats, stretching, track.$$),
        (169, 11, 'The wall at kilometre thirty-five', $$In my first race I started too fast and walked from kilometre thirty-six. Glycogen was gone; slower first half, more gels and longer runs are the answer. A runner's muscles burn fat then, legs cramp and every mile hurts; whoever jogs on, eats, drinks and walks a little still sees the finish line. See also: ankle, carbohydrates, coach, heart rate, heat, knee, pace, stomach, toilet, track.$$),
        (170, 12, 'Yellow leaves on the pothos', 'Yellow leaves and wet soil mean too much water, not too little. Let the pot of the houseplant dry until the top soil is crumbly, throw away what stands in the saucer, and repot it if the roots are brown. A plant that is watered on a calendar drowns; gardeners put a finger into the compost first and give less when days are short and growth is slow. See also: bloom, brown tips, dark room, direct sun, draught, dust on leaves, glass of water, node, prune, scale insects.'),
        (171, 12, 'Repotting the monstera', 'Roots came out of the bottom of the pot, so the monstera moved to one four centimetres wider. Fresh soil with bark, a moss pole for the stems, and no fertiliser for six weeks. Gardeners choose a flowerpot with holes, loosen old compost, water the plant well and keep it from direct sun until it grows again. See also: dark room, fern, glass of water, ivy, mist, overwatered, peace lily, pothos, shade, yellow leaves.'),
        (172, 12, 'Cuttings in a glass of water', 'Cut the stem below a node and put it into a glass on the bright windowsill. When the roots are as long as a finger the cutting goes into soil. Philodendron, ivy, mint and other green plants multiply this way; gardeners change the water weekly and pot young plants in fine compost. See also: brown tips, direct sun, fern, light, overwatered, propagate, scale insects, succulent, temperature, yellow leaves.'),
        (173, 12, 'Fungus gnats', $$The little black flies live in the wet potting soil of houseplants. Water the plants from below, cover the soil in the pot with sand and hang yellow stickers between the leaves. Gardeners fight such insects and larvae with dry compost, small worms or soap; plants with ferns' love of moisture get a saucer and less watering. See also: aloe, aphids, cutting, dry soil, ficus, light, repot, root rot, stem, temperature.$$),
        (174, 12, 'Brown tips on the calathea', $$Dry heated air and hard tap water make the calathea's leaf edges brown. Rain water, a tray of wet pebbles under the pot and a window away from the radiator brought new green leaves. Ferns and palms suffer from it too; gardeners spray the plant, water it with the rain barrel and cut dead foliage with clean scissors. See also: aloe, direct sun, flower, prune, root rot, roots, scale insects, stem, temperature, watering.$$),
        (175, 12, 'Fiddle-leaf fig drops its leaves', 'A potted fig that is moved drops leaves in protest. Leave the plant at its bright window, water the soil once a week, and repot it in spring when roots show under the pot. A ficus, rubber tree or palm hates draught, cold and dark corners; gardeners turn the plant a little each week and let it grow in peace. See also: compost, drainage, flower, ivy, leggy, moss pole, orchid, peace lily, shade, winter.'),
        (176, 12, 'Succulents stretch', 'The potted echeveria grows a long pale stem because it lacks light. Cut off the rosette, let the cutting dry for three days, and root it in a pot of sandy soil at the brightest window. Cactus, aloe and other desert plants want sun all day and little watering; gardeners keep them cool in winter so that they flower. See also: aphids, bloom, fern, glass of water, humidity, leaves, node, prune, shade, temperature.'),
        (177, 12, 'Spider mites on the ivy', 'Fine webs under the leaves and pale dots: spider mites like ivy plants in dry rooms. Shower the pot and the leaves, wrap the plant in a bag for a week and take it away from the warm window. Gardeners look for insects such as aphids, scale and thrips on every new plant, wash the foliage with soap and spray against them twice. See also: aloe, brown tips, dark room, direct sun, drainage, mist, moss pole, orchid, roots, scale insects.'),
        (178, 12, 'Orchid after flowering', 'Cut the flower stem above the second node and dip the pot in water once a week for ten minutes. The silver roots turn green when they have drunk enough. Indoor plants with blossoms like warm days and cool nights; gardeners give the flowerpot fertiliser at half strength and no direct sun. See also: compost, growth, ivy, leaves, mist, monstera, moss pole, radiator, shade, soil.'),
        (179, 12, 'Watering by weight', 'Lift the pot after watering the plant and remember the weight. When it feels like an empty pot the soil is dry and the roots are thirsty; yellow leaves tell it too late. Beginners kill more plants by watering too much than by forgetting; gardeners choose a flowerpot with a drain hole and loose compost. See also: bright window, fern, humidity, peace lily, pothos, radiator, repot, root rot, shade, temperature.'),
        (180, 12, 'Peace lily as an alarm', 'The potted peace lily hangs its leaves when the soil needs water and stands up again two hours later. Its white flowers come only near a bright window, and every second spring the plant is repotted. It forgives beginners: the plant grows in shade, cleans the air of a living room, and only cats and small children should not chew its foliage. See also: bloom, compost, cutting, dark room, dry soil, fern, glass of water, ivy, mealybugs, monstera.'),
        (181, 12, 'Fertiliser in winter', 'From November to February potted plants hardly grow leaves and fertiliser only salts the soil around the roots. Half a dose with the water every fortnight from March, when the window is bright again. Plants sleep when days are short; gardeners water less, wipe dust off the foliage, keep the flowerpot warm and wait until it grows again. See also: brown tips, glass of water, light, moss pole, node, overwatered, pests, propagate, root rot, scale insects.'),
        (182, 12, 'Snake plant for the dark hall', 'The snake plant stands four metres from any window, and its pot gets water once a month. In wet soil the roots and leaves rot; a leaf cutting in sandy soil grows a new plant. Cast iron plant, ferns and ivy also grow in shade and dim rooms; beginners water such green plants too often, and gardeners call them immortal. See also: aphids, direct sun, dust on leaves, growth, light, moss pole, radiator, spider mites, spring, succulent.'),
        (183, 12, 'Dividing the spider plant', 'The roots fill the pot of the spider plant like a cork. Pull the root-bound plant apart into three with some leaves each, trim the thick roots and repot them in fresh soil near the window. Young plants hang from long stems, too, and grow in any flowerpot with compost; gardeners give them away to friends and beginners. See also: cutting, dark room, direct sun, light, node, palm, propagate, prune, spring, succulent.'),
        (184, 12, 'Holiday watering', 'Wool threads from a bucket of water into the soil of the pots kept nine houseplants moist for two weeks. Put the plants together, leaf to leaf, away from the bright window. A neighbour who does not garden drowns plants with kindness; a clay cone, a bottle turned over or a shady bathtub is kinder to ferns and palms. See also: compost, dark room, drainage, draught, ficus, flower, growth, leggy, temperature, yellow leaves.'),
        (185, 13, 'Reef early', 'When you first think of reefing the mainsail it is time. In gusts above five Beaufort we tie in the first reef in the harbour, since shaking it out at sea is easier than putting it in. A skipper on a yacht feels it on the helm: she heels, the rudder pulls, and the waves grow. Less sail makes the boat faster and drier. See also: chain, compass, fog, genoa, life jacket, night, radio, sheet, shroud, weather forecast.'),
        (186, 13, 'Anchoring in the bay', 'Five times the depth at high tide as chain, reverse until the anchor holds, then take a bearing on two trees. If the bearing wanders the boat is dragging. A skipper looks for shelter from waves and swell, sand or mud at the bottom, room to swing between other yachts, and sleeps with an alarm. See also: buoy, charter, genoa, jetty, jib, night, propeller, spinnaker, storm, wheel.'),
        (187, 13, 'Tide table for the channel', 'The channel is one metre forty deep at low tide and the keel of our boat needs one sixty. From two hours after low tide we may sail into the harbour; with the wind against the tide the waves are short and steep. The skipper plots the course on the nautical chart with compass, buoys and lighthouse, adds the current and keeps some depth below the yacht. See also: calm, diesel, ferry, gust, marina, mast, mooring, rudder, seasick, shroud.'),
        (188, 13, 'Man overboard drill', 'Throw the ring, point at the person, tack without touching the jib and sail up slowly until the boat lies into the wind. The crew practises with a fender each time we leave the harbour or an anchor bay. Everyone on deck wears a life jacket in rough waves; the skipper starts the motor, calls for help by radio and gets the sailor up by the ladder. See also: chain, cleat, compass, downwind, GPS, knot, marina, mast, wheel, yacht.'),
        (189, 13, 'Docking with crosswind', 'Fenders on both sides of the boat, spring line ready, and enough speed that the rudder still steers in the harbour. When the wind gusts off the quay the bow line goes ashore first and the mainsail is down long before. The skipper explains to each sailor which rope goes to which cleat on the jetty; a yacht in the marina is moored slowly, with bow and stern lines. See also: chain, crew, dinghy, GPS, jib, lifeboat, mooring, passage, reef, seasick.'),
        (190, 13, 'Night passage', 'Watches of three hours, sails reefed, lifelines clipped on before the crew leaves the cabin. When both the red and the green light of a ship are seen, she is coming towards the boat; overnight the tide turns twice. The skipper steers by compass, chart and lighthouse; sailors drink tea on deck, watch for buoys and fishing boats, and feel the ocean in the dark. See also: charter, depth, dock, downwind, engine, genoa, life jacket, radio, seasick, upwind.'),
        (191, 13, 'Weather window', 'The forecast gave two days of westerly wind before the front. We sailed at dawn with a reefed mainsail, kept forty miles of sea between the boat and the lee shore and were in the harbour before the gusts. Sailors look at the barometer, clouds and swell; a skipper who waits out a storm in the marina has a dry yacht and a happy crew on deck. See also: chart, dock, fog, genoa, jib, life jacket, propeller, sheet, shroud, tack.'),
        (192, 13, 'Genoa or working jib', 'The large foresail pulls in light air but heels the boat in gusts and blocks the view. When the wind reaches four Beaufort the crew changes it for the working jib, before anyone thinks of reefing the mainsail. The sailor on the foredeck wears a life jacket, ropes run free, and the helmsman steers downwind; tacking upwind the yacht points higher then. See also: calm, chain, cleat, current, dinghy, lighthouse, mast, passage, shroud, wheel.'),
        (193, 13, 'Running aground', $$On a rising tide drop the mainsail, carry out an anchor and wait. We heeled the boat with the crew on the boom, and when the tide was strong enough she slid off the sandbank at the mouth of the harbour. The skipper read the chart wrong and passed the buoy on the wrong side; the yacht's hull and rudder were dry until the waves came back. See also: cleat, fender, keel, knot, lighthouse, passage, propeller, rope, spinnaker, storm.$$),
        (194, 13, 'Checking the rigging', 'Before the season look at each shroud of the boat, the anchor chain and the halyard of the mainsail. One broken strand in a shroud means a new one before the crew sails in strong wind. The skipper goes up the mast, sailors check ropes, winches, hull and rudder of the yacht, and salt is washed off the deck with fresh water. See also: downwind, ferry, gust, knot, mooring, passage, radio, tack, tide, wheel.'),
        (195, 13, 'Heaving to for lunch', 'Back the jib, reef the mainsail, tie the tiller to leeward, and the boat lies quiet in a strong wind. It gives the crew an hour to eat, to mend a sail or to wait for the tide. The yacht drifts slowly sideways and waves are smooth in her wake; a skipper uses it in a storm, and a seasick sailor on deck can sleep. See also: chain, fender, fog, GPS, gust, jibe, keel, knot, lifeboat, propeller.'),
        (196, 13, 'Knots that are needed', 'Bowline, clove hitch, figure of eight, rolling hitch: four knots moor a boat and hold every sheet. The bowline is practised behind the back until it sits. A sailor ties ropes to cleat, ring, mast and jetty in the dark; the skipper of a yacht asks every new hand on deck to show them. See also: chart, charter, ferry, GPS, hull, rudder, tide, tiller, waves, winch.'),
        (197, 13, 'Engine failure at the harbour mouth', $$The boat's propeller caught a rope just off the harbour. We hoisted the mainsail against wind and tide, dropped the anchor outside the fairway where the boat lay safely, and called the harbour on channel nine. A skipper keeps sails ready even under motor; a sailor with goggles cut the tangle from the yacht's stern, and the lifeboat had not to come. See also: boom, charter, GPS, hull, keel, knot, reef, sheet, storm, wheel.$$),
        (198, 13, 'Spinnaker in a light breeze', 'Hoist the spinnaker in the wind shadow of the mainsail, guy to the pole, sheet free. If the wind gusts, let the sheet fly before the boat broaches, and take it down well before the harbour. The helmsman steers the yacht downwind by the waves, a sailor on deck trims the ropes, and the skipper watches mast and sky for squalls. See also: charter, fender, fog, genoa, island, marina, mooring, propeller, storm, tide.'),
        (199, 13, 'Log of the summer cruise', 'Eleven days of sailing, 312 nautical miles, two nights at anchor in a bay, six harbours. One day with the mainsail reefed in gusts, one day of fog when the crew heard the horn of the ferry before we saw her. The skipper wrote down course, compass, waves, islands, lighthouses and marinas; the yacht was chartered, and sailors took turns at the helm. See also: depth, diesel, dock, engine, lifeboat, passage, shroud, tiller, wheel, winch.'),
        (200, 14, 'Shutter speed for portraits', 'Handheld portraits with the 85 millimetre lens need at least 1/160 of a second, or the eyes are soft. In low light open the aperture to f/1.8 and raise the ISO rather than risk blur. A photographer asks people to look past the camera, steadies the elbows, takes many photos in a row and deletes blurry pictures later. See also: battery, birds, contrast, dog, highlights, sensor dust, softbox, stars, studio, wide angle.'),
        (201, 14, 'Aperture and depth of field', 'With the lens at f/1.4 only one eye of the portrait is sharp; aperture f/2.8 keeps the whole face and blurs the background. For groups and landscapes I stop the lens down to f/8. Photographers call the soft circles of the background bokeh; the camera must stand close to the subject of the picture and the scene far behind. See also: composition, contrast, dog, focus, jpeg, snow, sunset, tripod, white balance, wildlife.'),
        (202, 14, 'Golden hour on the cliffs', 'At golden hour the light is soft and warm for forty minutes before sunset. I set up the camera on the tripod early, shoot the landscape with the wide lens at f/11 and stay for the blue hour. Photographers look for sunrise and sunset, clouds and mist; a photo of sea and sky needs a dark grey filter and exposure in three steps. See also: colours, crop, Lightroom, polariser, snow, softbox, sport, street, wedding, white balance.'),
        (203, 14, 'Which lens for the trip', 'The 24-70 zoom lens shoots nine of ten pictures, from landscapes to portraits, and the 35 millimetre lens with its wide aperture is for low light at dusk. I leave the heavy telephoto lens at home. A photographer with a light bag takes more photos: one camera body, two batteries, a small tripod, a strap, and a filter for sky and lake. See also: autofocus, black and white, blur, depth of field, editing, macro, rule of thirds, snow, softbox, white balance.'),
        (204, 14, 'Long exposure of the waterfall', 'A shutter speed of half a second at aperture f/16 with a grey filter turns the water to silk. Camera on the tripod, two seconds of self-timer, image stabiliser off, or nothing is sharp. Photographers do the same at night for stars and car lights in pictures; the camera needs a remote release and exposures of seconds. See also: bokeh, colours, fog, highlights, polariser, portrait, rule of thirds, telephoto, wedding, wildlife.'),
        (205, 14, 'Reading the histogram', $$If the camera's histogram touches the right edge the bright sky of the landscape is lost. I give a faster shutter speed or smaller aperture until it ends just before, and lift the shadows from the raw file. Photographers correct the exposure before taking the photo: bright snow needs more, a dark scene less, and in the dark noise spoils pictures. See also: album, birds, colours, macro, night, phone camera, softbox, sport, street, tripod.$$),
        (206, 14, 'Raw and JPEG', 'When I shoot raw, the camera keeps two more stops of light in landscapes at golden hour and lets me set white balance later. For party pictures JPEG is enough and the card lasts the day. Photographers edit such photos on the computer: exposure, contrast, colours, crop, a little noise taken out, then a print or a picture for the web. See also: birds, black and white, dog, highlights, macro, night, rule of thirds, shadow, telephoto, window light.'),
        (207, 14, 'Flash bounced off the ceiling', 'Direct flash from the camera makes flat faces and hard shadows. Turned to the ceiling, with one stop less power and the lens at f/4, the light falls on the portrait like that of a window. Photographers in dark rooms take photos without it too: a bright prime, a high ISO with some noise, a slow exposure, people near a lamp. See also: aperture, editing, focus, golden hour, polariser, print, raw, stars, telephoto, tripod.'),
        (208, 14, 'Focus on the nearest eye', 'Eye autofocus of the camera finds the face of the portrait but sometimes takes the lashes. With a wide aperture only a thin depth is sharp, so I move a single point to the nearest eye and shoot three frames. Photographers of animals, birds and children keep the camera on continuous focus and take many pictures; sharp photos are chosen at the computer. See also: bokeh, colours, dog, fog, histogram, phone camera, polariser, snow, softbox, sunset.'),
        (209, 14, 'Street photography with 35 millimetres', 'Aperture f/8, shutter 1/500, focus set at three metres: everything from two to five is sharp. The small camera at the chest is hardly noticed. A photographer asks before taking photos of people close up; the picture needs a moment, a gesture and a clear background, less a costly camera. See also: black and white, bokeh, crop, depth of field, highlights, phone camera, raw, rule of thirds, window light, zoom.'),
        (210, 14, 'Black and white conversion', 'Portraits in black and white gain from a raised red channel; a darker blue makes clouds in landscapes stand out. The contrast comes from the light when you shoot, so use the lens hood and wait for golden light. Photographers edit pictures on a calibrated screen, make prints on matt paper and hang photos in an exhibition; film cameras gave such grain. See also: autofocus, dog, golden hour, highlights, noise, polariser, sea, shadow, street, studio.'),
        (211, 14, 'Composition exercise', 'One camera, one lens, one street, thirty-six pictures: foreground, leading line, a person in the last third. Half of the shots improved when I took a step closer, and the landscapes when I knelt. A photographer thinks of the frame and of what to leave out of the picture; the rule of thirds, a low horizon and an empty sky make good photos. See also: black and white, dog, exposure, fog, golden hour, jpeg, memory card, wedding, white balance, wildlife.'),
        (212, 14, 'Cleaning the sensor', $$Grey spots in the sky of landscapes shot at f/16 are dust on the camera's sensor. Take off the lens, use the blower first, then one wet swab in a single pass. Photographers change it with the camera facing down, out of wind; small spots in photos of blue sky can be edited out of the picture. See also: noise, polariser, portrait, print, rule of thirds, sea, snow, tripod, wildlife, zoom.$$),
        (213, 14, 'Backup of pictures', $$Each evening of a photo trip the camera's cards are copied to two disks before they are formatted. Landscapes and sharp portraits are named by date, lens and place, and the best shots get five stars. The photographer edits and deletes at home on the computer; a catalogue of photos with keywords finds pictures of people, places and years. See also: aperture, composition, crop, depth of field, exposure, highlights, studio, telephoto, wedding, zoom.$$),
        (214, 14, 'Indoor sports', 'In the gym the light is poor, so a shutter speed of 1/800 needs a lens with aperture f/2.8 and ISO 6400. I shoot without the tripod; noise can be reduced later, motion blur cannot. Photographers of fast action, dogs, dancers or players freeze the movement with short exposures, take pictures in bursts and edit few photos. See also: filter, golden hour, histogram, jpeg, Lightroom, raw, sunset, wedding, wildlife, window light.'),
        (215, 15, 'Altos drift flat', 'In the slow motet the altos and tenors go flat by a semitone over two pages. We rehearse it a tone higher, tune the harmony to the basses and breathe before the long phrase. The conductor lets the singers hum, play it on the piano, and sing it again by heart; tired voices sink on falling melodies of a song. See also: church, diaphragm, dynamics, echo, gospel, low notes, organ, requiem, sight-reading, sore throat.'),
        (216, 15, 'Warm-up for sopranos', 'Breathing first, then lip trills from G upward and a warm-up on each vowel from ee to ah with a loose jaw. Ten minutes before the concert are enough, or the sopranos of the choir are tired at the high A. The high notes need support from the belly and an open throat, the singers should never press; low voices warm up with scales and songs, too. See also: applause, audience, encore, entry, Latin, pronunciation, rehearsal, requiem, sight-reading, tempo.'),
        (217, 15, 'Breathing in long phrases', 'No singer in the choir breathes at the bar line; sopranos and altos steal their breath inside a vowel, each at a different place. In the concert the audience hears one endless line of the motet. Singers practise it on a hiss: a count of twenty, shoulders low, belly loose; the conductor shapes the melody of the song with one hand. See also: carols, church, entry, gospel, low notes, organ, requiem, sight-reading, tenor, warm-up.'),
        (218, 15, 'Learning the fugue', $$We rehearse the fugue voice by voice on the vowel oo: first the tenors, then tenors and altos together, then the whole choir. Text, breathing and dynamics come in the third rehearsal, when the harmony is in tune. Singers learn their part at home with piano or recording, mark the notes, and know Bach's melody by heart when the orchestra comes. See also: applause, bass, carols, echo, encore, gospel, hymn, loud and soft, phrase, requiem.$$),
        (219, 15, 'Latin pronunciation', 'The choir sings church Latin in the motet with a soft c and pure vowels. The conductor lets us speak the text in rhythm as a warm-up before sopranos and altos sing a note. German, English and French songs ask for other sounds; singers mark them above the notes, and a tutor listens to the voices one by one. See also: carols, echo, harmony, high notes, intonation, loud and soft, melody, rehearsal, score, sore throat.'),
        (220, 15, 'Tuning a major chord', $$The basses give the root, the tenors the fifth, and the altos sing the third of the harmony a little lower than the piano. When no voice of the choir is flat the room rings, so we rehearse the last chord of the motet often. Singers learn to listen: a piano's third is too wide for voices, a song without instruments is tuned by ear, note by note and by heart. See also: applause, carols, concert, folk song, Latin, recording, score, sight-reading, tempo, vowel.$$),
        (221, 15, 'Programme of the spring concert', 'The choir sings two motets, four folk songs, and after the interval a mass in eight-part harmony. After sixty-five minutes of concert comes one encore that the tenors and sopranos sing from memory. Audience and singers liked Bach, Mendelssohn and a gospel song; an organ and a small orchestra played, the conductor spoke, applause was long. See also: alto, bass, breath, entry, loud and soft, Mozart, sight-reading, soloist, voice, vowel.'),
        (222, 15, 'Seating the voices', 'With the basses behind the sopranos the choir goes flat less often than in four separate blocks. In mixed position every singer hears altos and tenors and so the harmony, but must be sure of the notes in the concert. The conductor tries where each voice stands, men and women, loud and soft; new singers stand beside strong ones who read the notes well. See also: applause, Bach, diaphragm, dynamics, high notes, Latin, organ, recording, rhythm, soloist.'),
        (223, 15, 'Entries after a rest', 'The tenors come in late after eleven bars of rest because nobody counts. Mark the cue of the altos or sopranos in the score, breathe with the conductor, and rehearse the entry of the motet three times. Singers look up from the notes, the conductor lifts a hand, the piano plays the bar before, and the voices begin the melody together. See also: audience, Bach, carols, church, consonant, harmony, hymn, recording, rhythm, tempo.'),
        (224, 15, 'Consonants together', 'A final t sounds like rain when a choir of forty sings it apart. Sopranos and altos hold the vowel, tenors and basses too, and the t falls exactly on the rest; write it into the score before the concert. The conductor shows it with two fingers, singers watch, and the words of the song are understood by the audience in the last row. See also: breath, chord, hymn, phrase, pitch, pronunciation, requiem, rhythm, soloist, sore throat.'),
        (225, 15, 'Vocal health in winter', 'Steam, water and gentle warm-ups help a hoarse voice before the concert more than sweets. A singer who coughs listens to the choir rehearse, marks the breathing in the score and hums with the altos at the end. Singers with a sore throat do not whisper or sing high notes; scarf, tea and sleep bring voices back for carols and songs at Christmas. See also: church, echo, encore, folk song, harmony, hymn, intonation, orchestra, phrase, tenor.'),
        (226, 15, 'Sight-reading in the choir', 'Sing intervals on a vowel for five minutes at each rehearsal, right after the warm-up: fourths up, thirds down. After a year altos and tenors of the choir read a simple motet and its harmony at first sight. Singers learn notes, keys and rhythm like reading letters; the conductor plays a melody on the piano, and voices sing it back from the sheet. See also: audition, bass, concert, echo, folk song, high notes, mass, Mozart, orchestra, score.'),
        (227, 15, 'Soloist and choir', 'In the verse the soprano leads and the choir hums the harmony on a closed n. Altos and tenors hum softer than they think; the vowel opens only before the final chord, with a quiet breath. The conductor chose a young singer with a clear voice for the high notes; the melody of the song must float above organ or piano. See also: audience, audition, Bach, concert, consonant, diaphragm, loud and soft, low notes, pitch, recording.'),
        (228, 15, 'Singing in the cathedral', 'Eight seconds of echo ask for slow motets and short consonants at the concert. The choir rehearses there standing close together, altos beside tenors, otherwise the harmony arrives in pieces and the sopranos go flat. Voices, organ and orchestra blur in a church; the conductor beats small, singers watch rather than listen, and the audience hears songs like clouds. See also: applause, bass, entry, hymn, Mozart, pitch, recording, requiem, rhythm, vowel.'),
        (229, 15, 'Dynamics without losing pitch', 'Singers go flat when they sing softly without breath: piano needs more breathing, not less. We rehearse the end of the motet with a taller vowel, sopranos and altos first, until the harmony stays in tune. Loud is easy, the conductor says; singers carry a quiet song on the breath, voices blend, the melody floats and the audience leans forward. See also: by heart, carols, choir, diaphragm, high notes, orchestra, phrase, rhythm, sight-reading, tempo.'),
        (230, 16, 'Adding the first super', 'When the bees cover eight of ten frames and the cherry blooms, the hive gets its first honey super. Too late and the colony swarms for want of space. It sits above a grid that the queen cannot pass; the workers fill its frames with nectar from fruit trees, dandelion and rape. See also: brood, comb, drones, extractor, foulbrood, larvae, requeen, sting, veil, wasps.'),
        (231, 16, 'Queen cells in May', $$Every nine days each hive is checked frame by frame for queen cells. One cell can be overlooked, and then the bees swarm into the neighbour's plum tree on Sunday and half of the colony and the honey harvest is gone. We break the cells or make a young colony of them; bees that want to leave can be calmed with more room in the box and empty frames. See also: brood, eggs, entrance, excluder, extractor, label, mites, wax, winter, workers.$$),
        (232, 16, 'Varroa treatment in August', 'After the honey harvest the colony is treated with formic acid for ten days. The mites fall on the board: more than ten a day means treat again. With gloves and mask on we close the mesh floor of the box, and look at brood and queen again when the bees have calmed down. See also: drones, jars, lime trees, neighbours, oxalic acid, propolis, rape, requeen, stores, wax moth.'),
        (233, 16, 'Winter treatment with oxalic acid', 'In December, when the colony has no brood, oxalic acid is trickled between the combs at about three degrees. It kills the mites that sit on the bees. The box is opened only briefly, in veil and goggles; bees sit in a tight ball round the queen, with stores of honey above them. See also: drones, excluder, mice, nectar, neighbours, propolis, requeen, robbing, smoker, sting.'),
        (234, 16, 'Feeding after the harvest', 'Each colony needs fifteen kilograms of stores for the winter. Sugar syrup goes on in the evening with small entrances, so that the bees of other hives do not rob. We feed when the honey is off, in September at the latest; bees thicken the sugar water, store it in frames and seal it with wax. See also: drones, formic acid, foundation, heather, jars, neighbours, pollen, rape, robbing, workers.'),
        (235, 16, 'Catching a swarm', 'The swarm of bees hung at two metres like a beard. A firm shake into the box, the queen falls with them, and the young colony is treated against varroa before it has brood in the new hive. I came with ladder, veil, brush and a basket; bees that hang from a branch round their queen have no home to defend and seldom sting. See also: comb, entrance, foulbrood, jars, larvae, queen cells, requeen, smoker, wasps, wax moth.'),
        (236, 16, 'Extracting honey', 'Combs are ripe when two thirds are capped and nothing drips when shaken. Uncap with the fork, spin slowly at first, sieve and let the honey stand for two days. We fill jars with liquid honey from lime, clover and acacia, sell them at the market, and give sticky frames back to the bees. See also: brood, drones, eggs, entrance, heather, mites, pollen, queen, sting, super.'),
        (237, 16, 'Making a nucleus colony', 'Two frames of brood with bees, one of honey, a ripe queen cell and an empty hive. The small colony is treated for varroa, after four weeks the young queen lays, and before winter it fills five combs. The new box stands in another place in the garden, small and warm, gets a little sugar water, and we count eggs on the frames. See also: candles, entrance, inspection, mites, oxalic acid, pollen, robbing, spring, sting, uncapping.'),
        (238, 16, 'Reading the hive entrance', 'Bees with pollen at the hive entrance mean brood, dead bees with crippled wings mean varroa mites. In winter a colony that hums softly has its queen and enough honey. One learns much without opening the box: bees that fan, dance, rob or carry nectar from flowers, wasps at the door, drones at noon. See also: cluster, excluder, garden, larvae, lime trees, propolis, rape, requeen, wax, weight.'),
        (239, 16, 'Smoker and calm work', 'Two puffs of smoke into the hive, wait a minute, lift the frames slowly. Bees that boil over the combs may have lost their queen, and a colony is nervous after the honey harvest. Veil and gloves, white clothes and no perfume; stings are scraped off at once, and angry bees are left until a sunny day. See also: excluder, feeding, foundation, inspection, jars, mice, propolis, stores, swarm, uncapping.'),
        (240, 16, 'Wax moth in stored combs', 'Empty honey combs kept warm after the harvest were eaten by wax moths within weeks. Over winter the beekeeper hangs combs in a cool draught before they go back into the hive. We melt old frames, make candles of the clean wax, and give the bees new sheets for the queen to lay eggs and to store nectar. See also: feeding, formic acid, heather, jars, mice, mites, sting, stores, uncapping, veil.'),
        (241, 16, 'American foulbrood', 'Sunken brood caps and brown slime are signs of foulbrood in a bee colony; unlike varroa mites it cannot be treated at home. The vet must be told, the hives are closed and the combs and honey are burnt. Beekeepers burn infected frames and scorch the box; drifting bees, old wax and foreign honey carry the disease from apiary to apiary. See also: cluster, drones, entrance, feeding, jars, lime trees, rape, spring, stores, wax moth.'),
        (242, 16, 'Marking the queen', 'The queen bee of this year wears a blue dot. In the press cage she stays ten seconds, the dot dries, and the colony accepts her at once when she walks back onto the comb of the hive. She is found among thousands of bees more easily, the colour tells how old she is, and a queen that lays few eggs is replaced by a young one. See also: apiary, brood, inspection, mice, nectar, rape, varroa, veil, wasps, weight.'),
        (243, 16, 'Mouse guards and winter rest', 'In October the hive gets a mouse guard, when varroa mites are treated and the colony has enough honey. From then on the bees are left alone for the winter and only the weight of the hives is checked. We lift each box a little, hear the bees hum, tip off snow, and read about nectar, flowers and wax until the willow blooms. See also: apiary, candles, harvest, inspection, label, larvae, mice, nucleus, requeen, veil.'),
        (244, 16, 'Weak colony in spring', 'A bee colony that comes out of winter on three combs, often because of varroa mites, does not catch up by itself. It is set on a strong hive and gives honey at the summer harvest. The beekeeper looks for eggs and the queen, narrows the box, feeds sugar water, and gives bees a frame of brood from a neighbour in the apiary. See also: extractor, heather, lime trees, mice, nucleus, pollen, stores, super, swarm, weight.'),
        (245, 17, 'Is the rail pass worth it', 'Since the price rose, the seven-day rail pass pays only for long loops through Japan. The bullet train from Tokyo to Kyoto, Hiroshima and back costs slightly less with single tickets. Japanese railways sell the pass to foreign tourists only; travellers who visit one region buy a cheaper local ticket for trains and buses. See also: credit card, earthquake, itinerary, Mount Fuji, ramen, restaurant, shrine, snow, tattoo, tipping.'),
        (246, 17, 'Shinkansen seats', 'Seat E on the right side sees Mount Fuji forty minutes after Tokyo. Large suitcases need a reserved place at the back of the bullet train carriage. Tourists book the seat at a machine in the station; Japanese trains leave to the second, travellers queue at marks and eat lunch boxes on the way. See also: airport, futon, garden, jet lag, kimono, ramen, SIM card, sushi, visa, yen.'),
        (247, 17, 'First days in Tokyo', 'In Tokyo we stay in Asakusa and see the temple at seven before the crowds, then cherry blossom along the river and the view from the tower in Shinjuku. With jet lag the fish market breakfast is easy. Travellers from the airport of Narita or Haneda take a train into the city; tourists find Japanese gardens, shrines, noodle bars and karaoke. See also: autumn leaves, chopsticks, convenience store, earthquake, language, museum, SIM card, station, tipping, translation.'),
        (248, 17, 'Kyoto in three days', 'The thousand gates of Fushimi Inari at dawn, the golden temple late, and the moss garden by written request. Buses are full, so we rent bicycles and take the subway. Tourists come early or late to Japanese shrines, gardens and the geisha quarter; travellers in autumn see red maples instead of flowers. See also: autumn leaves, credit card, luggage, phrasebook, seat reservation, shopping, sumo, tea ceremony, Tokyo, vending machine.'),
        (249, 17, 'Ryokan manners', 'Shoes off at the door, slippers off on the tatami. Dinner of twelve small dishes is served at six in the room, the futon is laid out while you bathe in the onsen. The Japanese landlady greets travellers with tea; tourists wear a cotton robe, sleep on the floor, and eat rice, fish and pickles for breakfast. See also: credit card, flight, hostel, luggage, museum, Okinawa, sake, snow, station, temple.'),
        (250, 17, 'Onsen rules', 'Wash before you enter the hot spring and keep the towel out of the water. In some onsen tattoos must be covered; the ryokan in Kinosaki lends tickets for seven baths. Japanese guests sit first on a stool and rinse with a bowl; tourists bathe naked, men and women apart, and travellers rest in the lounge. See also: breakfast, capsule, chopsticks, convenience store, earthquake, phrasebook, rental car, subway, vending machine, yen.'),
        (251, 17, 'Cherry blossom dates', 'In Kyoto and Tokyo the cherry trees bloom around the turn of March to April, in the north three weeks later. Book the hotel a half year ahead or stay in Osaka. Tourists fill Japanese parks in spring with picnics under pink flowers; travellers read the forecast, and autumn leaves in November are as lovely. See also: airport, bullet train, capsule, castle, flight, hostel, museum, ramen, seat reservation, visa.'),
        (252, 17, 'Hiroshima and Miyajima', 'Half a day for the peace park and museum, then the ferry to the island with the red gate. Stay overnight in a ryokan, the shrine is quiet after the last ferry. Travellers and Japanese school classes stand silent at the dome; tourists fold paper cranes, and eat oysters and savoury pancakes by the sea. See also: castle, chopsticks, earthquake, futon, shopping, SIM card, snow, sushi, tatami, typhoon.'),
        (253, 17, 'Money and cards in Japan', $$Small restaurants, inns and temples in Kyoto and Hiroshima take cash only, and the cash machine in the convenience store accepts our card. A travel card on the phone opens every gate of Tokyo's trains, the rail pass does not. Travellers get yen at the airport and carry coins for shrines and buses; Japanese shops in the city take credit cards, tourists shop tax-free. See also: breakfast, castle, flight, hostel, Mount Fuji, Nara, Okinawa, sushi, tipping, wifi.$$),
        (254, 17, 'Luggage by courier', 'Send the suitcases from the hotel in Tokyo to the ryokan in Kyoto for about two thousand yen each. They arrive next day, and we take the bullet train with a small bag. Japanese trains have little room, and tourists with small children travel lightly; the hotel desk or the airport counter fills in the form. See also: bath, futon, garden, Nara, Osaka, sake, shopping, shrine, station, ticket.'),
        (255, 17, 'Koya-san temple stay', 'The cable car climbs to the temple town, where we stay overnight with monks who serve dinner and pray at six in the morning. The rooms have tatami as in a ryokan, and the cedars at the temple cemetery are lit by lanterns. Tourists hear Japanese prayers and drums, eat food without meat, and walk at night; travellers book months ahead and pay in yen at the gate. See also: bullet train, castle, futon, Hiroshima, hotel, karaoke, kimono, Kyoto, SIM card, ticket.'),
        (256, 17, 'Eating in Osaka', 'Octopus balls by the canal, standing sushi in the market, noodles from a ticket machine near the temple. Nobody tips in Japan and nobody eats while walking under the cherry blossom; the ryokan serves dinner early. Tourists point at plastic food in the window; Japanese cooks fry, grill and boil ramen before the guests, and travellers pay a few yen for sake. See also: bath, credit card, language, Okinawa, snow, station, subway, taxi, translation, vending machine.'),
        (257, 17, 'Pocket wifi or eSIM', $$An eSIM for fifteen days in Japan was cheaper than the pocket wifi from the airport in Tokyo. Times of the bullet train and the map of Kyoto's temples work offline as well. Travellers translate Japanese menus and signs with the phone; tourists find their hotel, the station exit and the last train with it. See also: itinerary, museum, Nara, noodles, snow, subway, tea ceremony, tipping, translation, yen.$$),
        (258, 17, 'Nara in half a day', $$Forty-five minutes by train from Kyoto to the great Buddha temple and the deer that bow for biscuits under the cherry trees. We stay in Kyoto, since Nara's temples are seen in half a day. Tourists from the hotel walk through the park to shrines, lanterns and Japanese gardens; travellers eat rice cakes pounded in the street. See also: Hiroshima, Hokkaido, hostel, museum, phrasebook, ramen, snow, sumo, tatami, tattoo.$$),
        (259, 17, 'Alps and old villages', 'From Takayama the bus goes to thatched farmhouses in Shirakawa. We stay one night in a ryokan there, with a hearth in the floor, an onsen by the river and snow until the cherry blossom in April. Travellers walk old Japanese post roads, hike in the mountains, ski in winter; tourists eat noodles, rice and river fish with farmers. See also: autumn leaves, breakfast, earthquake, kimono, language, Nara, restaurant, shrine, sumo, sushi.'),
        (260, 18, $$Parents' evening in October$$, $$At the parents' evening the teacher said that our daughter reads well aloud but guesses long words and needs help with spelling. Ten minutes of reading homework every day are better than an hour before the exam. Parents sat on the small chairs of the pupils; holidays, the class trip and the new school books were on the list, and each child has a desk mate. See also: bus, classroom, kindergarten, music lesson, playground, praise, satchel, screen time, sports day, writing.$$),
        (261, 18, 'Fractions with pizza', 'We cut paper pizzas to help our daughter see why one half equals two quarters. At the maths exam on Friday she explained fractions to her teacher with a drawing and got eight of ten. Pupils learn better with things they can touch; at home mum and dad bake, weigh and measure with the child, and sums in the school book make sense. See also: canteen, classroom, English, exercise book, head teacher, homework, library, motivation, presentation, sick note.'),
        (262, 18, 'Spelling list on Friday', $$Fifteen spelling words each week: our daughter writes them on Monday, spells them aloud on Wednesday, and the teacher tests the class on Friday. Words she missed go to the next list. Parents hear the pupils' words at breakfast; mum calls them, the child writes in the exercise book, and marks at school are better since autumn. See also: bullying, exam, kindergarten, playground, praise, sports day, times tables, timetable, uniform, writing.$$),
        (263, 18, 'Homework rule', 'Our daughter does her homework after a snack at half past three and stops after forty minutes, finished or not. We help with spelling and fractions only when asked, since the teacher wants to see what she can do alone. Mum and dad do not argue with a tired child; pupils who dislike lessons work better with a break, a friend, and praise from parents and school. See also: bedtime, bullying, canteen, dyslexia, exercise book, library, marks, pencil case, reading, times tables.'),
        (264, 18, 'Reading log for class', $$Each evening the pupil writes title and pages in the reading log and a parent signs. After ten books the school library gives a badge. Children choose the books, parents read aloud to younger pupils at bedtime, and mum and dad listen to the child; the teacher looks at it on Monday. See also: bus, marks, parents' evening, project, report card, screen time, sports day, trip, tutor, uniform.$$),
        (265, 18, 'Maths exam on Friday', $$The maths exam on Friday covers fractions, long division and reading a clock. The teacher sent two practice sheets; our daughter did the first one as homework with three mistakes in fractions. Pupils learn with a friend, mum asks sums at supper, and the child packs pencil and ruler; marks count half for the certificate of the school. See also: class, concentration, exercise book, geometry, history, learning disability, music lesson, parents' evening, praise, trip.$$),
        (266, 18, 'School trip to the farm', 'The class leaves at eight with packed lunch and rubber boots. Parents who come along are asked to tell the teacher by Tuesday. Children bring sun hats, a rucksack and pocket money; pupils learn about cows, parents drive, and lessons after the holidays begin with a drawing. See also: division, exam, pencil case, project, satchel, secondary, sick note, timetable, tutor, writing.'),
        (267, 18, 'Bullying in the playground', 'Two older children took her cap each break. We wrote to the class teacher, who spoke with all three and watches the playground now. Children who tease or hit have to say sorry; mum and dad ask the child each evening about friends at school, and pupils learn to get help. See also: classroom, dyslexia, geometry, grade, head teacher, kindergarten, pencil case, satchel, science, sick note.'),
        (268, 18, 'Report card at midterm', $$Good in reading and spelling, satisfactory in maths and fractions, and the teacher notes that our daughter often forgets her homework. A checklist at the door helps. Marks are not everything, say mum and dad; the child's teacher offers parents a talk, pupils with gaps get extra lessons at school or a tutor. See also: bus, concentration, English, geometry, library, project, satchel, screen time, secondary, trip.$$),
        (269, 18, 'Learning the times tables', 'Our daughter learns seven times eight with a rhyme and a card on the fridge, because fractions are hard without times tables. Five minutes of maths before school, with a sticker for each row and no tears before the exam. Children learn numbers by singing, jumping and games; parents practise sums with the pupil on the way to school, and mum checks at bedtime. See also: after-school care, concentration, handwriting, learning disability, lesson, report card, screen time, sick note, spelling, sports day.'),
        (270, 18, 'Spelling by syllables', $$To help with spelling, clap the syllables, write each one in another colour, cover the word and write it again. Our daughter made half as many mistakes in the teacher's spelling exam a month later. Children with reading trouble get more time in lessons; parents ask the school for a tutor, mum reads with the pupil, and marks for writing rise. See also: bedtime, canteen, division, dyslexia, English, lunch, motivation, praise, timetable, trip.$$),
        (271, 18, 'Sick note and missed lessons', 'The school wants a message before eight and a note on return. A classmate brings the homework and the teacher explains the lesson at break. Parents call the school office when a child has fever; pupils copy lessons from a friend, and mum or dad fetches the exercise books. See also: canteen, concentration, division, fractions, friends, kindergarten, library, playground, project, reading.'),
        (272, 18, 'Choosing the secondary school', $$Open days are in January; we visit two schools and ask about class size, languages and homework help. The primary school's report is due in February. Parents and pupils of the fourth class look at classrooms, timetable, bus, canteen and clubs; the child wants to be where her friends go. See also: after-school care, exam, fractions, geometry, library, motivation, science, spelling, sports day, writing.$$),
        (273, 18, 'Science project on volcanoes', 'The child builds a model of clay, explains three kinds of rock and speaks for five minutes before the class. Reading from the sheet costs marks. Pupils work in pairs, parents lend glue and paint, mum and dad listen to the talk at home, and the teacher gives marks for courage as well. See also: bus, geometry, head teacher, lesson, maths, praise, screen time, sick note, spelling, sports day.'),
        (274, 18, 'Screen time before exams', $$In the week before an exam the tablet stays in the kitchen, and we help our daughter with spelling and maths instead. She sleeps better before school, and reading in bed has come back by itself. Children who learn late are tired in lessons; parents agree with the pupil on bedtime and breaks, mum packs the satchel, and marks matter less. See also: class, division, English, exercise book, fractions, motivation, parents' evening, playground, praise, teacher.$$)
) AS listed (number, subject, title, content)
JOIN (
    VALUES
        (1, 'database operations', 1, 6, 'index backup replica vacuum query postgres table lock'),
        (2, 'software testing', 7, 6, 'flaky mock fixture build assertion suite coverage browser'),
        (3, 'tabletop role-playing', 13, 6, 'dragon goblin rogue wizard tavern party spell combat'),
        (4, 'military history', 19, 6, 'siege infantry cavalry artillery supply fortress legion trench'),
        (5, 'tax and invoices', 25, 6, 'invoice vat client deduct receipt income deadline expense'),
        (6, 'electric car', 31, 6, 'range charging wallbox battery winter motorway solar plug'),
        (7, 'astronomy observing', 37, 6, 'telescope binoculars planet galaxy comet moon eyepiece star'),
        (8, 'chess', 43, 6, 'opening endgame knight bishop rook pawn castle tactics'),
        (9, 'home renovation', 49, 6, 'wall attic window floor bathroom plaster paint tiles'),
        (10, 'sourdough bread', 55, 5, 'starter flour oven crust dough rye water baking'),
        (11, 'marathon training', 60, 5, 'long run pace knee calf race tempo rest kilometre'),
        (12, 'houseplants', 65, 5, 'leaves pot water roots light pest soil cutting'),
        (13, 'sailing', 70, 5, 'reef anchor tide harbour wind crew sail engine'),
        (14, 'photography', 75, 5, 'lens portrait aperture light tripod landscape shutter raw'),
        (15, 'choir music', 80, 5, 'altos sopranos tenors motet vowel breath harmony concert'),
        (16, 'beekeeping', 85, 5, 'hive queen varroa honey swarm brood winter feeding'),
        (17, 'travel in Japan', 90, 5, 'train kyoto tokyo ryokan onsen temple hotel cherry'),
        (18, $$child's school$$, 95, 5, 'teacher homework reading fractions spelling exam class school')
) AS subject (number, name, first_conversation, conversations, words) ON subject.number = listed.subject
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('knowledge ' || listed.number), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT (ARRAY['manual', 'conversation', 'file', 'email', 'manual', 'conversation', 'file', 'drive', 'manual'])[
        1 + dice.roll % 9
    ] AS word
) AS source
JOIN public.conversations AS c ON c.id = 'conv_' || lpad(
    (subject.first_conversation + listed.number % subject.conversations)::text, 3, '0'
)
JOIN public.files AS f ON f.id = 'file_' || md5('file ' || (listed.subject - 1) * 5 + 1 + listed.number % 5)::uuid
CROSS JOIN LATERAL (
    SELECT CASE source.word
        WHEN 'conversation' THEN c.created_at + (10 + dice.roll % 50) * interval '1 minute'
        WHEN 'file' THEN f.created_at + (2 + dice.roll % 8) * interval '1 minute'
        ELSE date_trunc('day', now(), 'UTC') - (1 + dice.roll / 9 % 118) * interval '24 hours'
            + (450 + dice.roll / 7 % 800) * interval '1 minute'
    END AS at
) AS born
ON CONFLICT DO NOTHING;

-- 34 references from answers to knowledge, files, earlier messages and pages.
INSERT INTO public.message_references
    (id, message_id, reference_type, reference_id, excerpt, "position", created_at)
SELECT
    listed.number,
    m.id,
    listed.reference_type,
    target.id,
    left(coalesce(k.content, f.processed_content, earlier.content), 80),
    1 + length(m.content) / 2,
    m.created_at
FROM (
    VALUES
        (1, 1, 2, 'knowledge', '1'),
        (2, 4, 2, 'file', '5'),
        (3, 7, 2, 'knowledge', '25'),
        (4, 10, 2, 'knowledge', '22'),
        (5, 13, 2, 'knowledge', '38'),
        (6, 16, 2, 'file', '12'),
        (7, 19, 2, 'url', 'https://example.com/military-history'),
        (8, 22, 2, 'knowledge', '51'),
        (9, 25, 2, 'file', '21'),
        (10, 28, 2, 'knowledge', '65'),
        (11, 31, 4, 'message', '1'),
        (12, 34, 2, 'knowledge', '87'),
        (13, 37, 2, 'file', '33'),
        (14, 40, 2, 'url', 'https://example.com/astronomy-observing'),
        (15, 43, 2, 'knowledge', '110'),
        (16, 46, 2, 'file', '40'),
        (17, 49, 2, 'knowledge', '125'),
        (18, 52, 2, 'knowledge', '127'),
        (19, 55, 2, 'knowledge', '140'),
        (20, 58, 2, 'file', '48'),
        (21, 61, 2, 'url', 'https://example.com/marathon-training'),
        (22, 64, 2, 'knowledge', '155'),
        (23, 67, 2, 'file', '60'),
        (24, 70, 2, 'knowledge', '185'),
        (25, 73, 2, 'knowledge', '188'),
        (26, 76, 2, 'knowledge', '203'),
        (27, 79, 2, 'file', '68'),
        (28, 82, 2, 'url', 'https://example.com/choir-music'),
        (29, 85, 2, 'knowledge', '230'),
        (30, 88, 2, 'file', '80'),
        (31, 91, 2, 'knowledge', '252'),
        (32, 94, 2, 'knowledge', '254'),
        (33, 97, 2, 'knowledge', '262'),
        (34, 99, 2, 'file', '89')
) AS listed (number, conversation, place, reference_type, reference)
JOIN public.messages AS m ON m.id = 'msg_' || lpad(listed.conversation::text, 3, '0') || '_' || listed.place
CROSS JOIN LATERAL (
    SELECT CASE listed.reference_type
        WHEN 'knowledge' THEN md5('knowledge ' || listed.reference)::uuid::text
        WHEN 'file' THEN 'file_' || md5('file ' || listed.reference)::uuid
        WHEN 'message' THEN 'msg_' || lpad(listed.conversation::text, 3, '0') || '_' || listed.reference
        ELSE listed.reference
    END AS id
) AS target
LEFT JOIN public.knowledge_base AS k ON listed.reference_type = 'knowledge' AND k.id::text = target.id
LEFT JOIN public.files AS f ON listed.reference_type = 'file' AND f.id = target.id
LEFT JOIN public.messages AS earlier ON listed.reference_type = 'message' AND earlier.id = target.id
ON CONFLICT DO NOTHING;

-- 19 files elsewhere that were indexed.
INSERT INTO public.indexed_files
    (id, user_id, source, path, filename, mime_type, size_bytes, content_hash, chunk_count, indexed_at)
SELECT
    md5('indexed ' || listed.number)::uuid,
    listed.user_id,
    listed.source,
    listed.folder || '/' || listed.filename,
    listed.filename,
    CASE split_part(listed.filename, '.', 2)
        WHEN 'md' THEN 'text/markdown'
        WHEN 'pdf' THEN 'application/pdf'
        WHEN 'csv' THEN 'text/csv'
        ELSE 'text/plain'
    END,
    4000 + dice.roll % 900000,
    md5(listed.filename),
    1 + dice.roll % 40,
    now() - dice.roll % 165000 * interval '1 minute' - interval '1 hour'
FROM (
    VALUES
        (1, 'admin', 'drive', 'Work/Operations', 'postgres-checklist.md'),
        (2, 'admin', 'drive', 'Work/Operations', 'incident-notes.md'),
        (3, 'admin', 'drive', 'Work/Quality', 'test-guidelines.md'),
        (4, 'admin', 'drive', 'Games', 'campaign-calendar.csv'),
        (5, 'admin', 'drive', 'Games', 'monster-notes.txt'),
        (6, 'admin', 'drive', 'Reading', 'sieges-and-supply.pdf'),
        (7, 'admin', 'email', 'Office', 'tax-letters.txt'),
        (8, 'admin', 'drive', 'Office', 'clients.csv'),
        (9, 'admin', 'drive', 'Car', 'charging-sessions.csv'),
        (10, 'admin', 'drive', 'Sky', 'planet-dates.csv'),
        (11, 'admin', 'drive', 'Chess', 'my-games.txt'),
        (12, 'admin', 'drive', 'House', 'offers-and-plans.pdf'),
        (13, 'user', 'drive', 'Kitchen', 'bread-recipes.md'),
        (14, 'user', 'drive', 'Running', 'watch-export.csv'),
        (15, 'user', 'upload', 'Garden', 'plant-care-sheets.pdf'),
        (16, 'user', 'drive', 'Choir', 'season-repertoire.md'),
        (17, 'user', 'drive', 'Bees', 'hive-weights.csv'),
        (18, 'user', 'email', 'Travel', 'bookings-japan.txt'),
        (19, 'user', 'drive', 'School', 'letters-from-school.pdf')
) AS listed (number, user_id, source, folder, filename)
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('indexed ' || listed.number), 1, 8))::bit(32)::bigint AS roll) AS dice
ON CONFLICT DO NOTHING;

-- 40 recordings, cut into their sentences; fourteen letters are spoken in a second.
INSERT INTO public.audio_transcriptions
    (id, user_id, project_id, category_id, filename, file_size, duration_seconds, language, text, segments, created_at)
SELECT
    md5('recording ' || listed.number)::uuid,
    c.user_id,
    c.project_id,
    c.category_id,
    listed.filename,
    length(listed.content) * 1150,
    round(length(listed.content) / 14.0, 2),
    'en',
    listed.content,
    spoken.segments,
    date_trunc('day', now(), 'UTC') - (1 + dice.roll % 117) * interval '24 hours'
        + (420 + dice.roll / 117 % 840) * interval '1 minute'
FROM (
    VALUES
        (1, 1, 'memo-outage-postmortem.m4a', 'The primary ran out of disk at ten past four because a replication slot kept all WAL files. We dropped the slot, the database came back, and the replica had to be rebuilt from a backup.'),
        (2, 1, 'memo-index-idea.m4a', 'Idea for tomorrow: a partial index on open orders only. The table has four million rows but fewer than three thousand are open, and every dashboard query asks for those.'),
        (3, 7, 'memo-test-review.m4a', $$Notes from the review: the mock of the mail server accepts everything, so the test can't fail. Replace it with a fake that refuses a wrong address and assert on the error.$$),
        (4, 7, 'memo-release-check.m4a', 'Before we release, run the regression suite twice in random order and look at the three slow tests. If the load test is red again we wait until Monday.'),
        (5, 13, 'session-12-recap.m4a', 'Last time the heroes chased the goblin shaman into the flooded temple. The cleric turned the skeletons, the rogue took the idol, and now the door is closed and the water rises.'),
        (6, 13, 'session-13-plan.m4a', 'Open with the rising water, ask for athletics checks, then the drowned god speaks. If the party gives the idol back the dragon appears as an ally in the finale.'),
        (7, 13, 'table-talk-rules.m4a', 'We agreed that inspiration can be given by any player, that dice which fall off the table count as a miss, and that the dungeon master brings the snacks in winter.'),
        (8, 19, 'lecture-notes-supply.m4a', $$The lecturer said that amateurs discuss tactics and professionals study supply. A cavalry horse eats ten kilograms a day, so an army of that size can't stand still for a week.$$),
        (9, 19, 'museum-walk.m4a', 'In the second hall there is a siege gun that needed sixteen horses. The guide explained how the trenches were pushed towards the bastion at night and why the garrison sallied out at dawn.'),
        (10, 25, 'memo-tax-appointment.m4a', 'Ask the accountant whether the advance payment can be lowered, whether the guest bed spoils the home office, and when the VAT return for the quarter is due.'),
        (11, 25, 'call-client-payment.m4a', $$The client's bookkeeping says the invoice was never approved because the order number was missing. I will send it again with the number and they will pay on Friday.$$),
        (12, 31, 'memo-winter-test.m4a', 'Minus six this morning, forty kilometres to work, nine per cent of the battery gone. With the cabin warmed at the plug it was seven.'),
        (13, 31, 'call-electrician.m4a', 'The electrician can mount the wallbox on the twelfth. He needs a photo of the meter cabinet and asks if we want the cable long enough for a second car.'),
        (14, 37, 'night-notes-galaxies.m4a', $$Seeing three of five, M81 and M82 in one field at thirty-two millimetres. The cigar galaxy has a dark notch. Dew on the finder at one o'clock.$$),
        (15, 37, 'night-notes-comet.m4a', 'The comet is a degree left of the star I marked, tail pointing up. In the telescope the core looks like a star and the coma fills a quarter of the field.'),
        (16, 43, 'after-game-notes.m4a', 'I was better out of the opening, then the knight came to d5 and I panicked. Instead of giving the bishop I should have castled and waited.'),
        (17, 43, 'lesson-endings.m4a', 'Tonight we practise rook endings. Each pair plays the bridge position from both sides, two minutes on the clock, and whoever draws it must explain why.'),
        (18, 49, 'site-meeting-monday.m4a', 'Plasterer starts in the hall on Wednesday, electrician has to finish the kitchen wall before. The windows arrive a week late, so the tiles are laid first.'),
        (19, 49, 'carpenter-call.m4a', 'The carpenter can exchange the beam on Friday. We have to take out the bath and the floorboards around it and keep the props in the cellar until Monday.'),
        (20, 49, 'measure-attic-room.m4a', 'Attic room is four metres twenty by three sixty, the roof window ninety by one twenty. We need eleven sheets of plasterboard for each side and insulation for sixteen square metres.'),
        (21, 55, 'kitchen-memo-dough.m4a', 'Dough at 78 per cent water, kitchen 23 degrees, folds at nine, nine thirty, ten and eleven. It feels airy, I shape it now and put it into the fridge.'),
        (22, 55, 'mill-visit.m4a', 'The miller says his stone-ground flour takes five per cent more water and ferments faster. For baguettes he would mix half of the white flour.'),
        (23, 60, 'run-memo-long.m4a', 'Twenty-eight kilometres done, average 6:05, last five at 5:30. Left knee fine, a blister on the heel. Two gels and half a litre.'),
        (24, 60, 'physio-visit.m4a', 'The physio thinks the calf is tight because the hip is weak. Two weeks of exercises, no intervals, easy running up to ten kilometres is allowed.'),
        (25, 65, 'plant-round-march.m4a', 'Repot the spider plant and the fig, the calathea has a new leaf, the ivy got its shower. Soil is nearly used up, buy bark and perlite.'),
        (26, 65, 'garden-centre.m4a', 'The woman at the garden centre says my fern needs rain water and a pot without a saucer, and that coffee grounds only bring gnats.'),
        (27, 70, 'log-entry-fog.m4a', $$Seven o'clock, fog, visibility two hundred metres, wind two from the south. Engine on, horn every two minutes, one of the crew at the bow. We anchor outside the fairway until it lifts.$$),
        (28, 70, 'harbour-office-call.m4a', 'The harbour master keeps us a berth on the inner pontoon. Depth two metres at low tide, come in port side to, and mind the ferry at four.'),
        (29, 75, 'photo-walk-memo.m4a', 'Good light at the old bridge at half past seven, come back with the tripod. The 35 was too wide, try the zoom at sixty and f/8.'),
        (30, 75, 'portrait-feedback.m4a', 'She likes the portraits by the window best, the ones with flash look flat. Crop number fourteen and lighten the eyes a little.'),
        (31, 80, 'conductor-remarks.m4a', 'Bars twelve to twenty: altos brighter, tenors count the rest, all vowels taller. In the last chord basses stay until I close my hand.'),
        (32, 80, 'voice-lesson.m4a', 'The teacher says my vowel ee is too narrow. Breathe lower, let the jaw fall, sing the phrase on oo first and then with the text.'),
        (33, 80, 'concert-recording-notes.m4a', 'In the recording the sopranos are a little sharp in the folk song, the motet stayed in tune this time. The final consonants were together except in the last verse.'),
        (34, 85, 'hive-check-may.m4a', 'Hive one: eight frames of brood, no queen cells, second super on. Hive two: three open queen cells, split it on Saturday. Hive three is weak but the queen lays.'),
        (35, 85, 'bee-club-evening.m4a', 'The speaker recommends counting mites each fortnight from July and treating colonies one by one. Drone brood cut out in May took a third of the varroa.'),
        (36, 90, 'travel-agent-call.m4a', 'The agent can reserve seats on the bullet train to Hiroshima and the ryokan for the third of April. The temple on Koya-san has a room for four on the tenth.'),
        (37, 90, 'trip-ideas.m4a', 'Children want the deer in Nara, the ninja village and noodles every day. I want the moss garden and one evening in an onsen without anybody talking.'),
        (38, 95, 'parents-evening-notes.m4a', 'Class test on fractions before the holidays, reading log signed every day, trip to the farm in May. The teacher is happy with her talk about volcanoes.'),
        (39, 95, 'homework-help.m4a', 'She did eleven of fifteen spelling words right, the double letters are the problem. Maths sheet two is finished, the third exercise she should show to the teacher.'),
        (40, 95, 'school-open-day.m4a', 'The school has twenty-four pupils in a class, homework help until four and French from the first year. The teacher of maths showed how they learn fractions with music.')
) AS listed (number, conversation, filename, content)
JOIN public.conversations AS c ON c.id = 'conv_' || lpad(listed.conversation::text, 3, '0')
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('recording ' || listed.number), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT jsonb_agg(
        jsonb_build_object(
            'start', round((letters - length(sentence)) / 14.0, 2),
            'end', round(letters / 14.0, 2),
            'text', sentence
        ) ORDER BY place
    ) AS segments
    FROM (
        SELECT part.sentence, part.place, sum(length(part.sentence)) OVER (ORDER BY part.place) AS letters
        FROM regexp_split_to_table(listed.content, '(?<=[.?!]) ') WITH ORDINALITY AS part (sentence, place)
    ) AS counted
) AS spoken
ON CONFLICT DO NOTHING;

-- ------------------------------------------------------------------------------------------------------------------
-- 120 days of activity, sign-ins, webhooks and costs
-- ------------------------------------------------------------------------------------------------------------------

-- 5,000 actions, 740 sign-ins, 400 webhooks and 5,400 calls in one rhythm. Each row stands at a point of a long line:
-- a day takes as much of it as was done on it, and an hour of a day as much as is done in it. Today is cut at now.
WITH hours (from_hour, to_hour, from_share, to_share) AS (
    VALUES
        (0.5, 6.5, 0.00, 0.01), (6.5, 8.5, 0.01, 0.09), (8.5, 12.0, 0.09, 0.45), (12.0, 13.5, 0.45, 0.53),
        (13.5, 17.5, 0.53, 0.87), (17.5, 20.0, 0.87, 0.93), (20.0, 23.0, 0.93, 1.00)
),

elapsed (share) AS (
    SELECT sum(
        least(greatest((extract(epoch FROM now() - date_trunc('day', now(), 'UTC')) / 3600 - from_hour)
            / (to_hour - from_hour), 0), 1) * (to_share - from_share)
    )
    FROM hours
),

wanted (log, rows) AS (
    VALUES ('activity', 5000), ('sign-in', 740), ('webhook', 400), ('call', 5400)
),

-- A day between one and three weeks ago, a Thursday, the service was down: hardly anything was done. Webhooks came in,
-- and failed.
days AS (
    SELECT
        wanted.log,
        wanted.rows,
        midnight,
        down,
        elapsed_share,
        weight * elapsed_share AS weight,
        sum(weight * elapsed_share) OVER (PARTITION BY wanted.log ORDER BY ago DESC) AS until,
        sum(weight * elapsed_share) OVER (PARTITION BY wanted.log) AS total
    FROM generate_series(0, 119) AS ago
    CROSS JOIN wanted
    CROSS JOIN LATERAL (SELECT date_trunc('day', now(), 'UTC') - ago * interval '24 hours' AS midnight) AS start
    CROSS JOIN LATERAL (SELECT ('x' || substr(md5('day ' || ago), 1, 8))::bit(32)::bigint AS roll) AS dice
    CROSS JOIN LATERAL (
        SELECT midnight = date_trunc('week', now(), 'UTC') - 11 * interval '24 hours' AS down
    ) AS outage
    CROSS JOIN LATERAL (
        SELECT
            CASE
                WHEN down AND wanted.log <> 'webhook' THEN 6
                WHEN extract(isodow FROM midnight AT TIME ZONE 'UTC') >= 6 THEN 18 + roll % 10
                ELSE 85 + roll % 31
            END AS weight,
            CASE ago WHEN 0 THEN (SELECT share FROM elapsed) ELSE 1 END AS elapsed_share
    ) AS busy
),

points AS (
    SELECT
        days.log,
        n,
        days.down,
        dice.roll,
        dice.second_roll,
        least(
            days.midnight
                + (hours.from_hour + (of_day.share - hours.from_share) / (hours.to_share - hours.from_share)
                    * (hours.to_hour - hours.from_hour)) * interval '1 hour'
                + dice.roll % 1200 * interval '1 second',
            now() - dice.roll % 60 * interval '1 second'
        ) AS at
    FROM wanted
    CROSS JOIN LATERAL generate_series(1, wanted.rows) AS n
    JOIN days
        ON days.log = wanted.log
        AND (n - 0.5) / days.rows * days.total > days.until - days.weight
        AND (n - 0.5) / days.rows * days.total <= days.until
    CROSS JOIN LATERAL (
        SELECT
            ((n - 0.5) / days.rows * days.total - days.until + days.weight) / days.weight * days.elapsed_share AS share
    ) AS of_day
    JOIN hours ON of_day.share > hours.from_share AND of_day.share <= hours.to_share
    CROSS JOIN LATERAL (SELECT md5(days.log || ' ' || n) AS digits) AS hash
    CROSS JOIN LATERAL (
        SELECT
            ('x' || substr(hash.digits, 1, 8))::bit(32)::bigint AS roll,
            ('x' || substr(hash.digits, 9, 8))::bit(32)::bigint AS second_roll
    ) AS dice
),

-- What people act upon, numbered for each of them.
resources AS (
    SELECT
        user_id, resource_type, id, name,
        row_number() OVER (PARTITION BY user_id ORDER BY md5(id)) - 1 AS number
    FROM (
        SELECT user_id, 'conversation' AS resource_type, id, title AS name FROM public.conversations
        UNION ALL
        SELECT user_id, 'knowledge', id::text, title FROM public.knowledge_base
        UNION ALL
        SELECT user_id, 'file', id, filename FROM public.files
        UNION ALL
        SELECT user_id, 'transcription', id::text, filename FROM public.audio_transcriptions
        UNION ALL
        SELECT p.owner_id, 'task', t.id::text, t.title
        FROM public.project_tasks AS t
        JOIN public.projects AS p ON p.id = t.project_id
        UNION ALL
        SELECT owner_id, 'project', id, name FROM public.projects
    ) AS listed
),

owned AS (
    SELECT user_id, count(*) AS resources FROM resources GROUP BY user_id
),

-- Searches are for knowledge, and for no single piece of it.
activity AS (
    INSERT INTO public.activity_logs
        (id, user_id, action_type, resource_type, resource_id, resource_name, metadata, ip_address, user_agent,
        created_at)
    SELECT
        p.n,
        person.id,
        act.word,
        CASE act.word WHEN 'searched' THEN 'knowledge' ELSE r.resource_type END,
        CASE WHEN act.word <> 'searched' THEN r.id END,
        CASE WHEN act.word <> 'searched' THEN r.name END,
        CASE act.word
            WHEN 'searched' THEN jsonb_build_object('query', lower(r.name), 'hits', p.roll / 40 % 11)
            WHEN 'updated' THEN jsonb_build_object('fields', jsonb_build_array(
                (ARRAY['title', 'tags', 'content', 'category'])[1 + p.roll / 40 % 4]
            ))
            ELSE '{}'
        END,
        person.address::inet,
        person.browser,
        p.at
    FROM points AS p
    JOIN (
        VALUES
            (0, 'admin', '198.51.100.23', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'),
            (1, 'user', '198.51.100.57', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Safari/18.5')
    ) AS person (number, id, address, browser) ON person.number = (p.roll % 100 / 62)
    CROSS JOIN LATERAL (
        SELECT (ARRAY[
            'viewed', 'viewed', 'viewed', 'viewed', 'searched', 'searched', 'created', 'updated', 'updated', 'exported'
        ])[1 + p.second_roll % 10] AS word
    ) AS act
    JOIN owned ON owned.user_id = person.id
    JOIN resources AS r ON r.user_id = person.id AND r.number = p.second_roll / 10 % owned.resources
    WHERE p.log = 'activity'
    ON CONFLICT DO NOTHING
),

sign_ins AS (
    INSERT INTO public.auth_logs
        (id, user_id, email, event_type, success, ip_address, user_agent, metadata, created_at)
    SELECT
        p.n,
        person.id,
        person.id || '@example.com',
        event.word,
        event.word <> 'signin_failed',
        person.address::inet,
        person.browser,
        jsonb_build_object('method', CASE p.roll / 100 % 3 WHEN 0 THEN 'password' ELSE 'google' END),
        p.at
    FROM points AS p
    JOIN (
        VALUES
            (0, 'admin', '198.51.100.23', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'),
            (1, 'user', '198.51.100.57', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Safari/18.5')
    ) AS person (number, id, address, browser) ON person.number = (p.roll % 100 / 58)
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN p.second_roll % 100 < 4 THEN 'signin_failed'
            WHEN p.second_roll % 100 < 42 THEN 'signin_success'
            WHEN p.second_roll % 100 < 78 THEN 'token_refresh'
            ELSE 'signout'
        END AS word
    ) AS event
    WHERE p.log = 'sign-in'
    ON CONFLICT DO NOTHING
),

-- One in twenty fails, and all on the day when the service was down.
webhooks AS (
    INSERT INTO public.zapier_webhook_logs
        (id, user_id, event_type, priority, success, status_code, webhook_id, error, payload, received_at)
    SELECT
        md5('webhook ' || p.n)::uuid,
        CASE WHEN p.roll % 12 > 0 THEN (ARRAY['admin', 'admin', 'user'])[1 + p.roll / 12 % 3] END,
        event.word,
        CASE event.word WHEN 'urgent_note' THEN 'high' WHEN 'daily_summary' THEN 'low' ELSE 'normal' END,
        code.number = 200,
        code.number,
        'hook-' || lpad(p.n::text, 5, '0'),
        CASE code.number
            WHEN 429 THEN 'too many requests, tried again after a minute'
            WHEN 500 THEN 'the answer was no JSON'
            WHEN 503 THEN 'the service did not answer within 30 seconds'
        END,
        jsonb_build_object('event', event.word, 'attempt', 1 + p.roll / 36 % 2, 'sample', true),
        p.at
    FROM points AS p
    CROSS JOIN LATERAL (
        SELECT (ARRAY[
            'conversation_saved', 'conversation_saved', 'file_uploaded', 'transcription_ready', 'daily_summary',
            'urgent_note'
        ])[1 + p.second_roll % 6] AS word
    ) AS event
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN p.down THEN 503
            WHEN p.second_roll / 6 % 60 = 0 THEN 429
            WHEN p.second_roll / 6 % 60 = 1 THEN 500
            WHEN p.second_roll / 6 % 60 = 2 THEN 503
            ELSE 200
        END AS number
    ) AS code
    WHERE p.log = 'webhook'
    ON CONFLICT DO NOTHING
)

-- Prices are in dollars for a million tokens; whisper-1 costs 0.006 a minute. What is cached is read at a lower price.
INSERT INTO public.api_cost_tracking
    (id, user_id, model, endpoint, input_tokens, output_tokens, cost_usd, cached, metadata, "timestamp")
SELECT
    p.n,
    person.id,
    used.model,
    used.endpoint,
    size.input_tokens,
    size.output_tokens,
    round(
        (size.input_tokens * CASE WHEN size.cached THEN used.cached_price ELSE used.input_price END
            + size.output_tokens * used.output_price) / 1000000.0
        + size.seconds / 60.0 * 0.006,
        6
    ),
    size.cached,
    CASE WHEN size.seconds > 0 THEN jsonb_build_object('seconds', size.seconds) END,
    p.at
FROM points AS p
CROSS JOIN LATERAL (SELECT CASE WHEN p.roll % 100 < 76 THEN 'admin' ELSE 'user' END AS id) AS person
JOIN (
    VALUES
        (0, 33, 'text-embedding-3-small', '/api/embeddings', 100, 3000, 0, 0, 0.02, 0.02, 0),
        (34, 58, 'gpt-4o-mini', '/api/chat', 1500, 9500, 100, 900, 0.15, 0.075, 0.60),
        (59, 68, 'gpt-4o-mini', '/api/summarize', 3000, 16000, 150, 500, 0.15, 0.075, 0.60),
        (69, 84, 'gpt-4o', '/api/chat', 8000, 62000, 200, 1900, 2.50, 1.25, 10.00),
        (85, 96, 'claude-3-5-sonnet', '/api/chat', 8000, 68000, 300, 2500, 3.00, 0.30, 15.00),
        (97, 99, 'whisper-1', '/api/transcribe', 0, 0, 0, 0, 0, 0, 0)
) AS used (
    from_roll, to_roll, model, endpoint, least_input, most_input, least_output, most_output, input_price, cached_price,
    output_price
) ON p.second_roll % 100 BETWEEN used.from_roll AND used.to_roll
CROSS JOIN LATERAL (
    SELECT
        used.least_input + (p.roll / 100 % (used.most_input - used.least_input + 1))::integer AS input_tokens,
        used.least_output + (p.second_roll / 100 % (used.most_output - used.least_output + 1))::integer
            AS output_tokens,
        CASE used.model WHEN 'whisper-1' THEN 30 + p.roll / 100 % 1500 ELSE 0 END AS seconds,
        used.endpoint = '/api/chat' AND p.roll / 7 % 12 = 0 AS cached
) AS size
WHERE p.log = 'call'
ON CONFLICT DO NOTHING;

-- 600 calls more: six weeks ago on a Tuesday, from two until three minutes to three UTC, an import asked in a loop.
INSERT INTO public.api_cost_tracking
    (id, user_id, model, endpoint, input_tokens, output_tokens, cost_usd, cached, metadata, "timestamp")
SELECT
    5400 + n,
    'admin',
    'gpt-4o',
    '/api/chat',
    size.input_tokens,
    size.output_tokens,
    (size.input_tokens * 2.5 + size.output_tokens * 10) / 1000000.0,
    false,
    jsonb_build_object('attempt', n, 'cause', 'import asked again after each answer'),
    date_trunc('week', now(), 'UTC') - 41 * interval '24 hours' + interval '14 hours'
        + (60 + n * 5.6) * interval '1 second'
FROM generate_series(1, 600) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('loop ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT 17000 + (dice.roll % 5000)::integer AS input_tokens, 500 + (dice.roll / 5000 % 400)::integer AS output_tokens
) AS size
ON CONFLICT DO NOTHING;

-- 60 sign-ins more: last week, in the night to Wednesday, somebody guessed passwords for six minutes until the address
-- was blocked.
INSERT INTO public.auth_logs
    (id, user_id, email, event_type, success, ip_address, user_agent, metadata, created_at)
SELECT
    740 + n,
    person.id,
    person.id || '@example.com',
    CASE WHEN n <= 57 THEN 'signin_failed' ELSE 'signin_blocked' END,
    false,
    '203.0.113.77',
    'python-requests/2.32',
    jsonb_build_object('method', 'password', 'attempt', n),
    date_trunc('week', now(), 'UTC') - 5 * interval '24 hours' + interval '3 hours 12 minutes'
        + (n * 6 + dice.roll % 5) * interval '1 second'
FROM generate_series(1, 60) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('guess ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (SELECT CASE n % 6 WHEN 5 THEN 'user' ELSE 'admin' END AS id) AS person
ON CONFLICT DO NOTHING;

-- 2 budgets.
INSERT INTO public.budget_config
    (user_id, monthly_limit, daily_limit, hourly_limit, hard_stop, alert_email, created_at, updated_at)
VALUES
    ('admin', 60.00, 15.00, 6.00, false, 'admin@example.com', now() - interval '119 days', now() - interval '119 days'),
    ('user', 20.00, NULL, NULL, false, 'user@example.com', now() - interval '119 days', now() - interval '119 days')
ON CONFLICT DO NOTHING;

-- 12 alerts, each at the call by which a share of a limit was reached: the six of the loop for its hour and day,
-- and the newest six for months. The newest two are still open.
INSERT INTO public.budget_alerts
    (id, user_id, severity, period, percent_used, spent_usd, limit_usd, message, acknowledged, acknowledged_by,
    acknowledged_at, "timestamp")
SELECT
    md5('alert ' || age)::uuid,
    user_id,
    CASE share WHEN 50 THEN 'warning' WHEN 80 THEN 'critical' ELSE 'emergency' END,
    period,
    round(spent / amount * 100, 2),
    round(spent, 2),
    amount,
    share || ' % of the limit of ' || amount || ' for the ' || period || ' is reached',
    age > 2,
    CASE WHEN age > 2 THEN 'admin@example.com' END,
    CASE WHEN age > 2 THEN least("timestamp" + age * interval '17 minutes', now()) END,
    "timestamp"
FROM (
    SELECT crossed.*, row_number() OVER (ORDER BY "timestamp" DESC, share DESC, period) AS age
    FROM (
        SELECT running.*, share
        FROM (
            SELECT
                c.user_id,
                bounds.period,
                bounds.amount,
                b.alert_at_percent,
                c."timestamp",
                c.cost_usd,
                sum(c.cost_usd) OVER (
                    PARTITION BY c.user_id, bounds.period, date_trunc(bounds.period, c."timestamp", 'UTC')
                    ORDER BY c."timestamp", c.id
                ) AS spent
            FROM public.api_cost_tracking AS c
            JOIN public.budget_config AS b ON b.user_id = c.user_id
            CROSS JOIN LATERAL (
                VALUES ('hour', b.hourly_limit), ('day', b.daily_limit), ('month', b.monthly_limit)
            ) AS bounds (period, amount)
            WHERE bounds.amount IS NOT NULL
                AND c.id <= 6000
        ) AS running
        CROSS JOIN LATERAL unnest(running.alert_at_percent) AS share
        WHERE spent >= amount * share / 100
            AND spent - cost_usd < amount * share / 100
        ORDER BY period = 'month', "timestamp" DESC
        LIMIT 12
    ) AS crossed
) AS numbered
ON CONFLICT DO NOTHING;

-- ------------------------------------------------------------------------------------------------------------------
-- The end
-- ------------------------------------------------------------------------------------------------------------------

-- The next row of every table gets a number that is free. A sequence that is further on already stays there.
SELECT setval('public.message_references_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.message_references AS t
CROSS JOIN public.message_references_id_seq AS s;

SELECT setval('public.activity_logs_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.activity_logs AS t
CROSS JOIN public.activity_logs_id_seq AS s;

SELECT setval('public.auth_logs_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.auth_logs AS t
CROSS JOIN public.auth_logs_id_seq AS s;

SELECT setval('public.api_cost_tracking_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.api_cost_tracking AS t
CROSS JOIN public.api_cost_tracking_id_seq AS s;

-- Estimates of rows are right at once, not only after autovacuum has come by.
ANALYZE public.users, public.user_tokens, public.projects, public.project_tasks, public.project_tags,
    public.conversations, public.messages, public.conversation_summaries, public.knowledge_base, public.memory_chunks,
    public.message_references, public.indexed_files, public.audio_transcriptions, public.files, public.activity_logs,
    public.auth_logs, public.zapier_webhook_logs, public.api_cost_tracking, public.budget_config, public.budget_alerts;

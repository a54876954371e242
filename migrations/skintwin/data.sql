-- Sample data of the whole folder: the same rows every time, told in times before now.
-- What looks like chance is taken from md5 of a row's key. CAS numbers and people are made up; the INCI names are real.
-- Loading it twice changes nothing.

-- 300 ingredients: fifteen categories of twenty, each category with two functions and a highest concentration.
INSERT INTO public.ingredients
    (id, inci_name, cas_number, category, functions, safety_level, max_concentration, properties, created_at)
SELECT
    listed.id,
    listed.inci_name,
    body.digits || '-' || body.pair || '-' || body.weighed % 10,
    listed.category,
    listed.functions,
    (ARRAY['safe', 'safe', 'safe', 'safe', 'limited', 'restricted'])[1 + dice.roll % 6],
    round(listed.highest * (50 + dice.roll % 51) / 100, 3),
    jsonb_build_object(
        'ph_range', jsonb_build_array(3.5 + dice.roll % 4 * 0.5, 6 + dice.roll % 5 * 0.5),
        'water_soluble', dice.roll % 3 > 0,
        'origin', (ARRAY['plant', 'mineral', 'synthetic', 'fermented'])[1 + dice.roll % 4]
    ),
    localtimestamp - interval '120 days' + dice.roll % 1440 * interval '1 minute'
FROM (
    SELECT
        (grouped.number - 1) * 20 + named.number AS id,
        named.inci_name,
        grouped.category,
        grouped.functions,
        grouped.highest
    FROM (
        VALUES
            (1, 'emollient', ARRAY['emollient', 'softening'], 30.0, ARRAY[
                'Caprylic/Capric Triglyceride', 'Isopropyl Myristate', 'Isopropyl Palmitate',
                'Isononyl Isononanoate', 'Ethylhexyl Palmitate', 'Ethylhexyl Stearate', 'Cetyl Ethylhexanoate',
                'C12-15 Alkyl Benzoate', 'Coco-Caprylate', 'Coco-Caprylate/Caprate', 'Dicaprylyl Carbonate',
                'Dicaprylyl Ether', 'Decyl Oleate', 'Octyldodecanol', 'Isohexadecane', 'Isododecane', 'Squalane',
                'Hydrogenated Polyisobutene', 'Dimethicone', 'Cyclopentasiloxane']),
            (2, 'humectant', ARRAY['humectant', 'moisture retention'], 20.0, ARRAY[
                'Glycerin', 'Propanediol', 'Propylene Glycol', 'Butylene Glycol', 'Pentylene Glycol',
                'Hexylene Glycol', 'Dipropylene Glycol', 'Sorbitol', 'Xylitol', 'Erythritol', 'Betaine', 'Urea',
                'Sodium PCA', 'Sodium Lactate', 'Sodium Hyaluronate', 'Hydrolyzed Hyaluronic Acid', 'Trehalose',
                'Saccharide Isomerate', 'Polyglutamic Acid', 'Hydroxyethyl Urea']),
            (3, 'emulsifier', ARRAY['emulsifying', 'stabilising'], 8.0, ARRAY[
                'Glyceryl Stearate', 'Glyceryl Stearate Citrate', 'Glyceryl Stearate SE', 'PEG-100 Stearate',
                'Polysorbate 20', 'Polysorbate 60', 'Polysorbate 80', 'Sorbitan Stearate', 'Sorbitan Oleate',
                'Sorbitan Olivate', 'Cetearyl Olivate', 'Cetearyl Glucoside', 'Ceteareth-20', 'Steareth-2',
                'Steareth-21', 'Polyglyceryl-3 Methylglucose Distearate', 'Polyglyceryl-2 Dipolyhydroxystearate',
                'Polyglyceryl-10 Laurate', 'Potassium Cetyl Phosphate', 'Lecithin']),
            (4, 'surfactant', ARRAY['cleansing', 'foaming'], 25.0, ARRAY[
                'Sodium Laureth Sulfate', 'Sodium Lauryl Sulfate', 'Sodium Coco-Sulfate', 'Sodium Cocoyl Isethionate',
                'Sodium Lauroyl Methyl Isethionate', 'Sodium Cocoyl Glutamate', 'Disodium Cocoyl Glutamate',
                'Sodium Lauroyl Sarcosinate', 'Sodium Methyl Cocoyl Taurate', 'Disodium Laureth Sulfosuccinate',
                'Sodium C14-16 Olefin Sulfonate', 'Cocamidopropyl Betaine', 'Coco-Betaine', 'Sodium Cocoamphoacetate',
                'Lauramine Oxide', 'Decyl Glucoside', 'Coco-Glucoside', 'Lauryl Glucoside',
                'Caprylyl/Capryl Glucoside', 'Cocamide MIPA']),
            (5, 'preservative', ARRAY['preservation', 'antimicrobial'], 1.0, ARRAY[
                'Phenoxyethanol', 'Ethylhexylglycerin', 'Caprylyl Glycol', 'Benzyl Alcohol', 'Benzoic Acid',
                'Sodium Benzoate', 'Sorbic Acid', 'Potassium Sorbate', 'Dehydroacetic Acid', 'Sodium Dehydroacetate',
                'Chlorphenesin', 'Methylparaben', 'Ethylparaben', 'Propylparaben', 'Triclosan',
                'Chlorhexidine Digluconate', 'Piroctone Olamine', 'Hydroxyacetophenone', '1,2-Hexanediol',
                'Phenethyl Alcohol']),
            (6, 'antioxidant', ARRAY['antioxidant', 'radical scavenging'], 1.0, ARRAY[
                'Tocopherol', 'Tocopheryl Acetate', 'Ascorbyl Palmitate', 'Ubiquinone', 'Ubiquinol', 'Ferulic Acid',
                'Resveratrol', 'Ergothioneine', 'Glutathione', 'Astaxanthin', 'Lycopene', 'Thioctic Acid', 'BHT',
                'Pentaerythrityl Tetra-di-t-butyl Hydroxyhydrocinnamate', 'Superoxide Dismutase',
                'Epigallocatechin Gallate', 'Quercetin', 'Rutin', 'Tetrahydrocurcumin', 'Dimethylmethoxy Chromanol']),
            (7, 'uv filter', ARRAY['UV absorption', 'UV scattering'], 10.0, ARRAY[
                'Zinc Oxide', 'Titanium Dioxide', 'Butyl Methoxydibenzoylmethane', 'Octocrylene',
                'Ethylhexyl Methoxycinnamate', 'Ethylhexyl Salicylate', 'Homosalate', 'Ethylhexyl Triazone',
                'Diethylhexyl Butamido Triazone', 'Bis-Ethylhexyloxyphenol Methoxyphenyl Triazine',
                'Methylene Bis-Benzotriazolyl Tetramethylbutylphenol', 'Diethylamino Hydroxybenzoyl Hexyl Benzoate',
                'Phenylbenzimidazole Sulfonic Acid', 'Disodium Phenyl Dibenzimidazole Tetrasulfonate',
                'Terephthalylidene Dicamphor Sulfonic Acid', 'Drometrizole Trisiloxane', 'Isoamyl p-Methoxycinnamate',
                'Polysilicone-15', 'Benzophenone-3', 'Tris-Biphenyl Triazine']),
            (8, 'peptide', ARRAY['cell signalling', 'firming'], 2.0, ARRAY[
                'Palmitoyl Tripeptide-1', 'Palmitoyl Tetrapeptide-7', 'Palmitoyl Pentapeptide-4',
                'Palmitoyl Tripeptide-5', 'Palmitoyl Tripeptide-38', 'Palmitoyl Hexapeptide-12',
                'Acetyl Hexapeptide-8', 'Acetyl Octapeptide-3', 'Acetyl Tetrapeptide-5', 'Acetyl Tetrapeptide-9',
                'Acetyl Dipeptide-1 Cetyl Ester', 'Copper Tripeptide-1', 'Tripeptide-1', 'Hexapeptide-11',
                'Pentapeptide-18', 'Dipeptide-2', 'Oligopeptide-68', 'Nonapeptide-1', 'Myristoyl Pentapeptide-17',
                'sh-Oligopeptide-1']),
            (9, 'botanical extract', ARRAY['soothing', 'toning'], 5.0, ARRAY[
                'Aloe Barbadensis Leaf Juice', 'Camellia Sinensis Leaf Extract', 'Centella Asiatica Extract',
                'Chamomilla Recutita Flower Extract', 'Calendula Officinalis Flower Extract',
                'Glycyrrhiza Glabra Root Extract', 'Hamamelis Virginiana Leaf Extract', 'Panax Ginseng Root Extract',
                'Avena Sativa Kernel Extract', 'Cucumis Sativus Fruit Extract', 'Rosmarinus Officinalis Leaf Extract',
                'Salvia Officinalis Leaf Extract', 'Lavandula Angustifolia Flower Extract',
                'Vitis Vinifera Seed Extract', 'Punica Granatum Fruit Extract', 'Echinacea Purpurea Extract',
                'Arnica Montana Flower Extract', 'Scutellaria Baicalensis Root Extract',
                'Portulaca Oleracea Extract', 'Morus Alba Root Extract']),
            (10, 'plant oil', ARRAY['nourishing', 'lipid replenishing'], 40.0, ARRAY[
                'Simmondsia Chinensis Seed Oil', 'Argania Spinosa Kernel Oil', 'Helianthus Annuus Seed Oil',
                'Prunus Amygdalus Dulcis Oil', 'Olea Europaea Fruit Oil', 'Cocos Nucifera Oil',
                'Persea Gratissima Oil', 'Rosa Canina Fruit Oil', 'Oenothera Biennis Oil',
                'Borago Officinalis Seed Oil', 'Macadamia Ternifolia Seed Oil', 'Ricinus Communis Seed Oil',
                'Vitis Vinifera Seed Oil', 'Sclerocarya Birrea Seed Oil', 'Limnanthes Alba Seed Oil',
                'Cannabis Sativa Seed Oil', 'Hippophae Rhamnoides Oil', 'Carthamus Tinctorius Seed Oil',
                'Sesamum Indicum Seed Oil', 'Linum Usitatissimum Seed Oil']),
            (11, 'exfoliant', ARRAY['exfoliating', 'keratolytic'], 10.0, ARRAY[
                'Glycolic Acid', 'Lactic Acid', 'Mandelic Acid', 'Malic Acid', 'Tartaric Acid', 'Salicylic Acid',
                'Capryloyl Salicylic Acid', 'Gluconolactone', 'Lactobionic Acid', 'Maltobionic Acid', 'Azelaic Acid',
                'Phytic Acid', 'Pyruvic Acid', 'Papain', 'Bromelain', 'Subtilisin', 'Betaine Salicylate',
                'Potassium Azeloyl Diglycinate', 'Jojoba Esters', 'Hydrated Silica']),
            (12, 'thickener', ARRAY['viscosity control', 'film forming'], 3.0, ARRAY[
                'Xanthan Gum', 'Sclerotium Gum', 'Cyamopsis Tetragonoloba Gum', 'Cellulose Gum',
                'Hydroxyethylcellulose', 'Hydroxypropyl Methylcellulose', 'Carbomer',
                'Acrylates/C10-30 Alkyl Acrylate Crosspolymer', 'Ammonium Acryloyldimethyltaurate/VP Copolymer',
                'Polyacrylate Crosspolymer-6', 'Carrageenan', 'Algin', 'Pectin', 'Magnesium Aluminum Silicate',
                'Bentonite', 'Silica', 'Cetyl Alcohol', 'Cetearyl Alcohol', 'Stearyl Alcohol', 'Behenyl Alcohol']),
            (13, 'vitamin', ARRAY['brightening', 'collagen support'], 5.0, ARRAY[
                'Niacinamide', 'Panthenol', 'Biotin', 'Pyridoxine HCl', 'Cyanocobalamin', 'Folic Acid',
                'Ascorbic Acid', 'Sodium Ascorbyl Phosphate', 'Magnesium Ascorbyl Phosphate', 'Ascorbyl Glucoside',
                '3-O-Ethyl Ascorbic Acid', 'Ascorbyl Tetraisopalmitate', 'Retinol', 'Retinal', 'Retinyl Palmitate',
                'Hydroxypinacolone Retinoate', 'Riboflavin', 'Beta-Carotene', 'Calcium Pantothenate',
                'Tocopheryl Nicotinate']),
            (14, 'barrier lipid', ARRAY['barrier repair', 'occlusion'], 10.0, ARRAY[
                'Ceramide NP', 'Ceramide AP', 'Ceramide EOP', 'Ceramide NS', 'Ceramide NG', 'Phytosphingosine',
                'Sphingolipids', 'Cholesterol', 'Phytosterols', 'Stearic Acid', 'Palmitic Acid', 'Linoleic Acid',
                'Linolenic Acid', 'Behenic Acid', 'Petrolatum', 'Lanolin', 'Cera Alba', 'Euphorbia Cerifera Cera',
                'Butyrospermum Parkii Butter', 'Theobroma Cacao Seed Butter']),
            (15, 'chelator and buffer', ARRAY['chelating', 'pH adjustment'], 2.0, ARRAY[
                'Disodium EDTA', 'Tetrasodium EDTA', 'Trisodium Ethylenediamine Disuccinate',
                'Tetrasodium Glutamate Diacetate', 'Sodium Phytate', 'Sodium Gluconate', 'Citric Acid',
                'Sodium Citrate', 'Sodium Hydroxide', 'Potassium Hydroxide', 'Triethanolamine', 'Tromethamine',
                'Aminomethyl Propanol', 'Arginine', 'Sodium Bicarbonate', 'Sodium Phosphate', 'Disodium Phosphate',
                'Potassium Phosphate', 'Succinic Acid', 'Sodium Acetate'])
    ) AS grouped (number, category, functions, highest, inci_names)
    CROSS JOIN LATERAL unnest(grouped.inci_names) WITH ORDINALITY AS named (inci_name, number)
) AS listed
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('ingredient ' || listed.id), 1, 8))::bit(32)::bigint AS roll
) AS dice
-- The last digit of a CAS number is the sum of the others, each times its place from the right, modulo 10.
CROSS JOIN LATERAL (
    SELECT
        max(parts.digits) AS digits,
        max(parts.pair) AS pair,
        sum(substr(parts.digits || parts.pair, place, 1)::integer * (7 - place)) AS weighed
    FROM (SELECT (1000 + dice.roll % 9000)::text AS digits, lpad((dice.roll % 97)::text, 2, '0') AS pair) AS parts
    CROSS JOIN generate_series(1, 6) AS place
) AS body
ON CONFLICT DO NOTHING;

-- 40 formulations of twelve ingredients each, one from every twelfth of the list, none above its highest concentration.
INSERT INTO skin_twin.formulations
    (id, name, description, status, created_by, ingredients, properties, metadata, created_at, updated_at)
SELECT
    'form-' || lpad(n::text, 3, '0'),
    style.word || ' ' || kind.word,
    'A ' || lower(kind.word) || ' for ' || skin.word || ' skin, ' || lower(style.word) || ' in the '
        || CASE n % 2 WHEN 0 THEN 'morning' ELSE 'evening' END || '.',
    (ARRAY['draft', 'testing', 'testing', 'approved', 'approved', 'approved', 'archived'])[1 + dice.roll % 7],
    (ARRAY['admin@example.com', 'user@example.com', 'collab@example.com'])[1 + n % 3],
    mixture.ingredients,
    jsonb_build_object(
        'ph', 4.5 + dice.roll % 26 * 0.1,
        'viscosity_mpas', 500 + dice.roll % 20000,
        'water_percent', 100 - mixture.percent
    ),
    jsonb_build_object('skin_type', skin.word, 'batch_kg', 1 + dice.roll % 50, 'vegan', dice.roll % 4 > 0),
    localtimestamp - age.minutes * interval '1 minute',
    localtimestamp - age.minutes / 8 * interval '1 minute'
FROM generate_series(1, 40) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('formulation ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (SELECT 28800 + dice.roll % 143000 AS minutes) AS age
CROSS JOIN LATERAL (
    SELECT (ARRAY[
        'Barrier Repair', 'Overnight Renewal', 'Daily Defence', 'Calming', 'Brightening', 'Deep Hydration', 'Firming',
        'Clarifying'
    ])[1 + (n - 1) % 8] AS word
) AS style
CROSS JOIN LATERAL (SELECT (ARRAY['Serum', 'Cream', 'Lotion', 'Mask', 'Cleanser'])[1 + (n - 1) / 8] AS word) AS kind
CROSS JOIN LATERAL (
    SELECT (ARRAY['dry', 'oily', 'sensitive', 'mature', 'normal'])[1 + dice.roll / 7 % 5] AS word
) AS skin
CROSS JOIN LATERAL (
    SELECT
        sum(chosen.percent) AS percent,
        jsonb_agg(
            jsonb_build_object('ingredient', i.id, 'inci_name', i.inci_name, 'percent', chosen.percent) ORDER BY part
        ) AS ingredients
    FROM generate_series(0, 11) AS part
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('formulation ' || n || ' part ' || part), 1, 8))::bit(32)::bigint AS roll
    ) AS part_dice
    JOIN public.ingredients AS i ON i.id = 1 + (part * 25 + part_dice.roll % 25 + n * 37) % 300
    CROSS JOIN LATERAL (
        SELECT round(least(i.max_concentration, 5) * (1 + part_dice.roll / 25 % 100) / 100, 2) AS percent
    ) AS chosen
) AS mixture
ON CONFLICT DO NOTHING;

-- 160 versions: a formulation has one to seven, the first when it was created.
INSERT INTO skin_twin.formulation_history
    (id, formulation_id, version, change_type, changes, changed_by, description, changed_at)
SELECT
    row_number() OVER (ORDER BY n, version),
    f.id,
    version,
    change.kind,
    CASE
        WHEN version = 1 THEN jsonb_build_object('name', f.name, 'ingredients', 12)
        WHEN change.kind = 'status changed' THEN jsonb_build_object('status', jsonb_build_array('draft', 'testing'))
        ELSE jsonb_build_object(
            'ingredient', f.ingredients -> (dice.roll % 12)::integer ->> 'inci_name',
            'percent', jsonb_build_array(dice.roll % 50 * 0.1, dice.roll / 50 % 50 * 0.1)
        )
    END,
    CASE WHEN dice.roll % 5 = 0 THEN 'admin@example.com' ELSE f.created_by END,
    CASE change.kind
        WHEN 'created' THEN 'First version'
        WHEN 'concentration changed' THEN 'Adjusted after the stability test'
        WHEN 'ingredient replaced' THEN 'Replaced, as the supplier no longer delivers it'
        WHEN 'status changed' THEN 'Sent to the panel'
        ELSE 'Same effect at a lower price'
    END,
    f.created_at + (f.updated_at - f.created_at) * ((version - 1) / (n % 7 + 0.5))
FROM generate_series(1, 40) AS n
CROSS JOIN LATERAL generate_series(1, 1 + n % 7) AS version
JOIN skin_twin.formulations AS f ON f.id = 'form-' || lpad(n::text, 3, '0')
CROSS JOIN LATERAL (
    SELECT ('x' || substr(md5('formulation ' || n || ' version ' || version), 1, 8))::bit(32)::bigint AS roll
) AS dice
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN version = 1 THEN 'created'
        ELSE (ARRAY[
            'concentration changed', 'ingredient replaced', 'status changed', 'cost optimised'
        ])[1 + dice.roll % 4]
    END AS kind
) AS change
ON CONFLICT DO NOTHING;

-- 400 nodes in each of the two hypergraphs:
-- 300 ingredients, 40 formulations, 30 functions, 20 effects, 10 layers of the skin.
WITH node (id, node_type, label, properties) AS (
    SELECT 'ing-' || lpad(i.id::text, 3, '0'), 'ingredient', i.inci_name, jsonb_build_object('category', i.category)
    FROM public.ingredients AS i
    WHERE i.id <= 300
    UNION ALL
    SELECT f.id, 'formulation', f.name, jsonb_build_object('skin_type', f.metadata ->> 'skin_type')
    FROM skin_twin.formulations AS f
    WHERE f.id BETWEEN 'form-001' AND 'form-040'
    UNION ALL
    SELECT
        'fn-' || lpad((i.id / 20 * 2 + place)::text, 2, '0'),
        'function',
        i.functions[place],
        jsonb_build_object('category', i.category)
    FROM public.ingredients AS i
    CROSS JOIN generate_series(1, 2) AS place
    WHERE i.id <= 300
        AND i.id % 20 = 1
    UNION ALL
    SELECT 'eff-' || lpad(number::text, 2, '0'), 'effect', label, jsonb_build_object('measured_by', (ARRAY[
        'corneometer', 'cutometer', 'tewameter', 'panel', 'imaging'
    ])[1 + number % 5])
    FROM unnest(ARRAY[
        'hydration', 'elasticity', 'barrier function', 'even tone', 'fewer fine lines', 'radiance', 'calm redness',
        'sebum balance', 'smooth texture', 'refined pores', 'protection from UVA', 'protection from UVB',
        'protection from pollution', 'cell renewal', 'microbiome balance', 'wound healing', 'less itching',
        'plumpness', 'detoxification', 'comfort'
    ]) WITH ORDINALITY AS listed (label, number)
    UNION ALL
    SELECT 'layer-' || lpad(number::text, 2, '0'), 'skin layer', label, jsonb_build_object('order', number)
    FROM unnest(ARRAY[
        'hydrolipid film', 'stratum corneum', 'stratum lucidum', 'stratum granulosum', 'stratum spinosum',
        'stratum basale', 'basement membrane', 'papillary dermis', 'reticular dermis', 'hypodermis'
    ]) WITH ORDINALITY AS listed (label, number)
),

timed AS (
    SELECT node.*, localtimestamp - (100000 + dice.roll % 72000) * interval '1 minute' AS created_at
    FROM node
    CROSS JOIN LATERAL (SELECT ('x' || substr(md5('node ' || node.id), 1, 8))::bit(32)::bigint AS roll) AS dice
),

in_public AS (
    INSERT INTO public.hypergraph_nodes (id, node_type, label, properties, created_at)
    SELECT id, node_type, label, properties, created_at FROM timed
    ON CONFLICT DO NOTHING
)

INSERT INTO skin_twin.hypergraph_nodes (id, node_type, label, properties, created_at, updated_at)
SELECT id, node_type, label, properties, created_at, created_at FROM timed
ON CONFLICT DO NOTHING;

-- 1,500 edges of six types in each of the two hypergraphs; none joins a node to itself, none is there twice.
WITH edge (id, edge_type, source_id, target_id, weight) AS (
    SELECT
        (right(f.id, 3)::integer - 1) * 12 + part.number,
        'contains',
        f.id,
        'ing-' || lpad(part.used ->> 'ingredient', 3, '0'),
        (part.used ->> 'percent')::numeric
    FROM skin_twin.formulations AS f
    CROSS JOIN LATERAL jsonb_array_elements(f.ingredients) WITH ORDINALITY AS part (used, number)
    WHERE f.id BETWEEN 'form-001' AND 'form-040'
    UNION ALL
    SELECT
        480 + i,
        'has function',
        'ing-' || lpad(i::text, 3, '0'),
        'fn-' || lpad(((i - 1) / 20 * 2 + 1 + dice.roll % 2)::text, 2, '0'),
        NULL
    FROM generate_series(1, 300) AS i
    CROSS JOIN LATERAL (SELECT ('x' || substr(md5('function of ' || i), 1, 8))::bit(32)::bigint AS roll) AS dice
    UNION ALL
    SELECT
        780 + f * 4 + part,
        'supports',
        'fn-' || lpad((f + 1)::text, 2, '0'),
        'eff-' || lpad((1 + (f + part * 5 + dice.roll % 5) % 20)::text, 2, '0'),
        NULL
    FROM generate_series(0, 29) AS f
    CROSS JOIN generate_series(1, 4) AS part
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('effect of ' || f || ', ' || part), 1, 8))::bit(32)::bigint AS roll
    ) AS dice
    UNION ALL
    SELECT
        900 + e * 3 + part,
        'acts on',
        'eff-' || lpad((e + 1)::text, 2, '0'),
        'layer-' || lpad((1 + (e + part * 3 + dice.roll % 3) % 10)::text, 2, '0'),
        NULL
    FROM generate_series(0, 19) AS e
    CROSS JOIN generate_series(1, 3) AS part
    CROSS JOIN LATERAL (
        SELECT ('x' || substr(md5('layer of ' || e || ', ' || part), 1, 8))::bit(32)::bigint AS roll
    ) AS dice
    UNION ALL
    -- Distances are odd for one type and even for the other, so no two ingredients are both.
    SELECT
        960 + i,
        CASE WHEN i <= 300 THEN 'synergy with' ELSE 'incompatible with' END,
        'ing-' || lpad((1 + (i - 1) % 300)::text, 3, '0'),
        'ing-' || lpad((1 + (i + CASE WHEN i <= 300 THEN 0 ELSE 1 END + dice.roll % 149 * 2) % 300)::text, 3, '0'),
        NULL
    FROM generate_series(1, 540) AS i
    CROSS JOIN LATERAL (SELECT ('x' || substr(md5('partner of ' || i), 1, 8))::bit(32)::bigint AS roll) AS dice
),

timed AS (
    SELECT
        edge.id,
        edge.edge_type,
        edge.source_id,
        edge.target_id,
        coalesce(edge.weight, dice.roll % 50001 / 10000.0) AS weight,
        jsonb_build_object('evidence', (ARRAY['literature', 'laboratory', 'model'])[1 + dice.roll % 3]) AS properties,
        localtimestamp - dice.roll % 100000 * interval '1 minute' AS created_at
    FROM edge
    CROSS JOIN LATERAL (SELECT ('x' || substr(md5('edge ' || edge.id), 1, 8))::bit(32)::bigint AS roll) AS dice
),

in_public AS (
    INSERT INTO public.hypergraph_edges (id, edge_type, source_id, target_id, weight, properties, created_at)
    SELECT id, edge_type, source_id, target_id, weight, properties, created_at FROM timed
    ON CONFLICT DO NOTHING
)

INSERT INTO skin_twin.hypergraph_edges
    (id, edge_type, source_id, target_id, weight, properties, created_at, updated_at)
SELECT id, edge_type, source_id, target_id, weight, properties, created_at, created_at FROM timed
ON CONFLICT DO NOTHING;

-- 500 entries of the audit log, the oldest first.
INSERT INTO skin_twin.audit_log (id, entity_type, entity_id, action, user_id, changes, metadata, "timestamp")
SELECT
    n,
    entity.kind,
    CASE entity.kind
        WHEN 'formulation' THEN 'form-' || lpad((1 + dice.roll / 10 % 40)::text, 3, '0')
        WHEN 'ingredient' THEN 'ing-' || lpad((1 + dice.roll / 10 % 300)::text, 3, '0')
        ELSE (1 + dice.roll / 10 % 1500)::text
    END,
    act.word,
    CASE WHEN dice.roll % 9 > 0 THEN (ARRAY[
        'admin@example.com', 'user@example.com', 'collab@example.com'
    ])[1 + dice.roll / 9 % 3] END,
    CASE act.word WHEN 'update' THEN jsonb_build_object('percent', jsonb_build_array(
        dice.roll % 50 * 0.1, dice.roll / 50 % 50 * 0.1
    )) END,
    jsonb_build_object(
        'address', '192.0.2.' || 1 + dice.roll / 7 % 250,
        'client', (ARRAY['web', 'web', 'api', 'import'])[1 + dice.roll / 3 % 4]
    ),
    localtimestamp - ((500 - n) * 345 + dice.roll % 345) * interval '1 minute'
FROM generate_series(1, 500) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('audit ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT (ARRAY['formulation', 'formulation', 'formulation', 'ingredient', 'edge'])[1 + dice.roll % 5] AS kind
) AS entity
CROSS JOIN LATERAL (
    SELECT (ARRAY['read', 'read', 'update', 'update', 'create', 'approve', 'export'])[1 + dice.roll / 5 % 7] AS word
) AS act
ON CONFLICT DO NOTHING;

-- 200 tasks: most have ended well, the last ten wait or run.
INSERT INTO public.ceo_task_log
    (id, task_id, task_type, priority, status, input, result, error_message, execution_time_ms, created_at, started_at,
    completed_at)
SELECT
    n,
    'task-' || lpad(n::text, 4, '0'),
    (ARRAY['analysis', 'optimization', 'prediction', 'generation'])[1 + dice.roll % 4],
    (ARRAY['low', 'medium', 'medium', 'high', 'critical'])[1 + dice.roll / 4 % 5],
    state.word,
    jsonb_build_object('formulation', 'form-' || lpad((1 + dice.roll / 20 % 40)::text, 3, '0')),
    CASE state.word WHEN 'success' THEN jsonb_build_object('score', dice.roll / 3 % 1000 / 1000.0) END,
    CASE state.word WHEN 'failure' THEN (ARRAY[
        'the optimiser did not converge', 'no model is deployed for this kind of task', 'out of memory'
    ])[1 + dice.roll / 11 % 3] END,
    CASE WHEN state.word IN ('success', 'failure') THEN 200 + dice.roll % 90000 END,
    born.at,
    CASE WHEN state.word <> 'pending' THEN born.at + dice.roll % 60 * interval '1 second' END,
    CASE WHEN state.word IN ('success', 'failure') THEN
        born.at + dice.roll % 60 * interval '1 second' + (200 + dice.roll % 90000) * interval '1 millisecond'
    END
FROM generate_series(1, 200) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('task ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN n > 194 THEN 'pending'
        WHEN n > 190 THEN 'running'
        WHEN dice.roll / 13 % 12 = 0 THEN 'failure'
        ELSE 'success'
    END AS word
) AS state
CROSS JOIN LATERAL (
    SELECT localtimestamp - ((201 - n) * 850 - dice.roll % 800) * interval '1 minute' AS at
) AS born
ON CONFLICT DO NOTHING;

-- 17 analyses, one a week, while the hypergraph grew to what it is.
INSERT INTO public.hypergraph_analysis (id, analysis_type, node_count, edge_count, density, result, created_at)
SELECT
    week,
    (ARRAY['degree distribution', 'communities', 'centrality'])[1 + week % 3],
    size.nodes,
    size.edges,
    size.edges::numeric / (size.nodes * (size.nodes - 1)),
    jsonb_build_object('mean_degree', round(2.0 * size.edges / size.nodes, 2), 'communities', 4 + week % 5),
    localtimestamp - (17 - week) * interval '7 days' - interval '1 hour'
FROM generate_series(1, 17) AS week
CROSS JOIN LATERAL (SELECT 60 + week * 20 AS nodes, week * 1500 / 17 AS edges) AS size
ON CONFLICT DO NOTHING;

-- 80 runs of an optimiser, two for each formulation.
INSERT INTO public.formulation_optimization_history
    (id, formulation_id, method, initial_objective, final_objective, iterations, converged, parameters, created_at)
SELECT
    n,
    'form-' || lpad((1 + (n - 1) / 2)::text, 3, '0'),
    (ARRAY['bayesian', 'genetic', 'gradient descent', 'simulated annealing'])[1 + dice.roll % 4],
    5 + dice.roll % 500 / 100.0,
    1 + dice.roll / 500 % 300 / 100.0,
    20 + dice.roll % 480,
    dice.roll % 6 > 0,
    jsonb_build_object('seed', n, 'learning_rate', (ARRAY[0.001, 0.01, 0.1])[1 + dice.roll % 3]),
    localtimestamp - dice.roll % 170000 * interval '1 minute'
FROM generate_series(1, 80) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('optimisation ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
ON CONFLICT DO NOTHING;

-- 24 interfaces of the program, from hardly begun to complete.
INSERT INTO public.interface_completeness_tracking
    (id, interface_name, file_path, total_members, implemented_members, checked_at)
SELECT
    n,
    subject.word || part.word,
    'src/' || lower(subject.word) || '/' || lower(part.word) || '.ts',
    size.members,
    size.members - dice.roll % 4,
    localtimestamp - dice.roll % 20000 * interval '1 minute'
FROM generate_series(1, 24) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('interface ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (SELECT 4 + dice.roll / 4 % 20 AS members) AS size
CROSS JOIN LATERAL (
    SELECT (ARRAY['Formulation', 'Ingredient', 'Hypergraph', 'Simulation', 'Task', 'Model'])[1 + (n - 1) % 6] AS word
) AS subject
CROSS JOIN LATERAL (SELECT (ARRAY['Store', 'View', 'Client', 'Options'])[1 + (n - 1) / 6] AS word) AS part
ON CONFLICT DO NOTHING;

-- 12 models: four, each in three versions of which the newest is deployed or in training.
INSERT INTO public.jax_model_registry
    (id, model_name, version, model_type, architecture, performance, status, created_at, updated_at)
SELECT
    n,
    named.model_name,
    '1.' || (n - 1) / 4 || '.0',
    named.model_type,
    jsonb_build_object('layers', 3 + dice.roll % 6, 'width', 64 * (1 + dice.roll / 6 % 8)),
    CASE WHEN state.word <> 'training' THEN jsonb_build_object(
        'r2', round(0.70 + (n - 1) / 4 * 0.08 + dice.roll % 50 / 1000.0, 3)
    ) END,
    state.word,
    localtimestamp - ((12 - n) * 10 + 2) * interval '1 day',
    localtimestamp - ((12 - n) * 10 + 1) * interval '1 day'
FROM generate_series(1, 12) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('model ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN (
    VALUES
        (1, 'skin-permeation', 'regression'),
        (2, 'stability-months', 'regression'),
        (3, 'irritation-risk', 'classification'),
        (4, 'hypergraph-embedding', 'graph neural network')
) AS named (number, model_name, model_type) ON named.number = 1 + (n - 1) % 4
CROSS JOIN LATERAL (
    SELECT CASE WHEN n <= 4 THEN 'deprecated' WHEN n <= 8 THEN 'trained' WHEN n = 12 THEN 'training' ELSE 'deployed' END
        AS word
) AS state
ON CONFLICT DO NOTHING;

-- 48 simulated fields: twelve formulations at four scales, eight samples each.
INSERT INTO public.multiscale_fields (id, field_name, scale, field_values, unit, formulation_id, created_at)
SELECT
    n,
    level.field_name,
    level.scale,
    (
        SELECT jsonb_agg(round((100 * exp(-0.3 * depth) * (50 + dice.roll % 50) / 100)::numeric, 2) ORDER BY depth)
        FROM generate_series(0, 7) AS depth
    ),
    level.unit,
    'form-' || lpad((1 + (n - 1) / 4)::text, 3, '0'),
    localtimestamp - dice.roll % 90000 * interval '1 minute'
FROM generate_series(1, 48) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('field ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN (
    VALUES
        (1, 'diffusion coefficient', 'molecular', 'µm²/s'),
        (2, 'receptor occupancy', 'cellular', '%'),
        (3, 'concentration', 'tissue', 'mmol/l'),
        (4, 'hydration', 'organ', 'a.u.')
) AS level (number, field_name, scale, unit) ON level.number = 1 + (n - 1) % 4
ON CONFLICT DO NOTHING;

-- 30 improvements of the source, two thirds of them done.
INSERT INTO public.repository_improvements
    (id, area, title, description, priority, status, created_at, completed_at)
SELECT
    n,
    subject.area,
    task.verb || ' ' || subject.area,
    'Found in review ' || n || '; ' || lower(task.verb) || ' it before the next release.',
    (ARRAY['low', 'medium', 'high'])[1 + dice.roll % 3],
    (ARRAY['done', 'done', 'open', 'done', 'done', 'rejected'])[1 + n % 6],
    born.at,
    CASE WHEN n % 6 IN (0, 1, 3, 4) THEN born.at + (1 + dice.roll % 9) * interval '1 day' END
FROM generate_series(1, 30) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('improvement ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
CROSS JOIN LATERAL (SELECT localtimestamp - (120 - n * 3) * interval '1 day' AS at) AS born
CROSS JOIN LATERAL (
    SELECT (ARRAY['types of the store', 'error handling', 'hypergraph import', 'test data', 'build'])[1 + (n - 1) % 5]
        AS area
) AS subject
CROSS JOIN LATERAL (
    SELECT (ARRAY['Simplify', 'Document', 'Test', 'Speed up', 'Split', 'Rename'])[1 + (n - 1) / 5] AS verb
) AS task
ON CONFLICT DO NOTHING;

-- 60 findings of the type checker, four of five resolved.
INSERT INTO public.type_safety_logs (id, file_path, rule, severity, message, resolved, created_at)
SELECT
    n,
    'src/' || (ARRAY['store', 'views', 'client', 'simulation', 'models'])[1 + dice.roll % 5] || '/module'
        || 1 + dice.roll / 5 % 12 || '.ts',
    finding.rule,
    finding.severity,
    finding.message,
    n % 5 > 0,
    localtimestamp - ((60 - n) * 2800 + dice.roll % 2800) * interval '1 minute'
FROM generate_series(1, 60) AS n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5('finding ' || n), 1, 8))::bit(32)::bigint AS roll) AS dice
JOIN (
    VALUES
        (1, 'no-implicit-any', 'error', 'A parameter has no type'),
        (2, 'strict-null-checks', 'error', 'A value may be undefined here'),
        (3, 'no-unsafe-cast', 'warning', 'The cast hides a difference of types'),
        (4, 'prefer-readonly', 'info', 'The field is never assigned again')
) AS finding (number, rule, severity, message) ON finding.number = 1 + dice.roll / 60 % 4
ON CONFLICT DO NOTHING;

-- The next row of every table gets a number that is free. A sequence that is further on already stays there.
SELECT setval('skin_twin.formulation_history_id_seq', greatest(max(t.id), max(s.last_value)))
FROM skin_twin.formulation_history AS t
CROSS JOIN skin_twin.formulation_history_id_seq AS s;

SELECT setval('skin_twin.audit_log_id_seq', greatest(max(t.id), max(s.last_value)))
FROM skin_twin.audit_log AS t
CROSS JOIN skin_twin.audit_log_id_seq AS s;

SELECT setval('skin_twin.hypergraph_edges_id_seq', greatest(max(t.id), max(s.last_value)))
FROM skin_twin.hypergraph_edges AS t
CROSS JOIN skin_twin.hypergraph_edges_id_seq AS s;

SELECT setval('public.ingredients_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.ingredients AS t
CROSS JOIN public.ingredients_id_seq AS s;

SELECT setval('public.hypergraph_edges_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.hypergraph_edges AS t
CROSS JOIN public.hypergraph_edges_id_seq AS s;

SELECT setval('public.hypergraph_analysis_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.hypergraph_analysis AS t
CROSS JOIN public.hypergraph_analysis_id_seq AS s;

SELECT setval('public.ceo_task_log_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.ceo_task_log AS t
CROSS JOIN public.ceo_task_log_id_seq AS s;

SELECT setval('public.formulation_optimization_history_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.formulation_optimization_history AS t
CROSS JOIN public.formulation_optimization_history_id_seq AS s;

SELECT setval('public.interface_completeness_tracking_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.interface_completeness_tracking AS t
CROSS JOIN public.interface_completeness_tracking_id_seq AS s;

SELECT setval('public.jax_model_registry_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.jax_model_registry AS t
CROSS JOIN public.jax_model_registry_id_seq AS s;

SELECT setval('public.multiscale_fields_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.multiscale_fields AS t
CROSS JOIN public.multiscale_fields_id_seq AS s;

SELECT setval('public.repository_improvements_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.repository_improvements AS t
CROSS JOIN public.repository_improvements_id_seq AS s;

SELECT setval('public.type_safety_logs_id_seq', greatest(max(t.id), max(s.last_value)))
FROM public.type_safety_logs AS t
CROSS JOIN public.type_safety_logs_id_seq AS s;

-- Estimates of rows are right at once, not only after autovacuum has come by.
ANALYZE skin_twin.formulations, skin_twin.formulation_history, skin_twin.audit_log, skin_twin.hypergraph_nodes,
    skin_twin.hypergraph_edges, public.ingredients, public.hypergraph_nodes, public.hypergraph_edges,
    public.hypergraph_analysis, public.ceo_task_log, public.formulation_optimization_history,
    public.interface_completeness_tracking, public.jax_model_registry, public.multiscale_fields,
    public.repository_improvements, public.type_safety_logs;

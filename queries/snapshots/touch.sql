-- Records what each migration of a run has touched, all of them at once.
INSERT INTO dbconsole.touched (run, version, label, direction, server_version, objects)
SELECT %(run)s::uuid, each.version, each.label, each.direction, %(server_version)s, each.objects
FROM pg_catalog.jsonb_to_recordset(%(touched)s::jsonb) AS each (version text, label text, direction text, objects jsonb)
ON CONFLICT (run, version, direction) DO UPDATE SET objects = excluded.objects, at = excluded.at

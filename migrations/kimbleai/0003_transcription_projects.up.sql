-- Recordings belong to projects. From add-project-to-transcriptions.sql.

-- ADD COLUMN IF NOT EXISTS leaves out the foreign key along with the column, so there is one key however often it runs.
ALTER TABLE public.audio_transcriptions ADD COLUMN IF NOT EXISTS project_id text
    CONSTRAINT audio_transcriptions_project_id_fkey REFERENCES public.projects (id) ON DELETE SET NULL;

CREATE INDEX IF NOT EXISTS idx_audio_transcriptions_project ON public.audio_transcriptions (project_id);

CREATE INDEX IF NOT EXISTS idx_audio_transcriptions_user_project
    ON public.audio_transcriptions (user_id, project_id);

CREATE OR REPLACE VIEW public.transcription_stats WITH (security_invoker = true) AS
SELECT
    t.user_id,
    t.project_id,
    p.name AS project_name,
    count(*) AS transcription_count,
    coalesce(sum(t.duration_seconds), 0) AS total_duration_seconds,
    coalesce(sum(t.file_size), 0) AS total_size_bytes,
    max(t.created_at) AS last_transcribed
FROM public.audio_transcriptions AS t
LEFT JOIN public.projects AS p ON p.id = t.project_id
GROUP BY t.user_id, t.project_id, p.name;

COMMENT ON VIEW public.transcription_stats IS
    'A row per person and project with recordings, and one for those without a project';

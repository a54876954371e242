-- Takes recordings out of their projects again; the recordings stay.

DROP VIEW public.transcription_stats;

-- The column takes its two indexes and its foreign key with it.
ALTER TABLE public.audio_transcriptions DROP COLUMN project_id;

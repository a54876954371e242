CREATE TABLE p (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
CREATE TABLE c (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), p uuid NOT NULL REFERENCES p ON DELETE CASCADE);
CREATE VIEW v AS SELECT c.id, c.p FROM c JOIN p ON p.id = c.p;

CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
CREATE TABLE docs (id uuid PRIMARY KEY, tenant uuid REFERENCES tenants, body text);

CREATE TABLE users (
  user_id       uuid PRIMARY KEY,
  email         text NOT NULL CHECK (email = btrim(email) AND email LIKE '%_@_%'),
  password_hash text NOT NULL,
  name          text NOT NULL CHECK (name <> ''),
  phone_number  text CHECK (phone_number <> ''),
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);

-- One account an address, whatever its case.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

-- Opaque refresh tokens, stored hashed. Each use rotates: the used token is marked, its successor joins the
-- family. Reuse of a rotated token, after a grace of seconds, means that one of its holders is a thief: the
-- whole family is revoked.
CREATE TABLE refresh_tokens (
  token_hash text PRIMARY KEY,
  family_id  uuid NOT NULL,
  subject_id uuid NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > issued_at),
  rotated_at timestamptz,
  revoked_at timestamptz
);

CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_subject ON refresh_tokens (subject_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

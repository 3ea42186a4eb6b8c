CREATE TABLE users (
  user_id       uuid PRIMARY KEY,
  email         text NOT NULL CHECK (email = btrim(email) AND email LIKE '%_@_%'),
  -- Canonical address: NFC, lower case, domain in ASCII form; computed by the program. Of accounts with the same key
  -- the oldest owns it. The others refer to that account and log in by their exact text.
  email_key     text CHECK (email_key <> ''),
  email_held_by uuid REFERENCES users (user_id) ON DELETE SET NULL,
  password_hash text NOT NULL,
  name          text NOT NULL CHECK (name <> ''),
  phone_number  text CHECK (phone_number <> ''),
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CHECK (email_key IS NULL OR email_held_by IS NULL)
);

CREATE UNIQUE INDEX users_email_key ON users (email_key);
CREATE INDEX users_without_email_key ON users (lower(email)) WHERE email_key IS NULL;
CREATE INDEX users_email_key_pending ON users (created_at, user_id)
  WHERE email_key IS NULL AND email_held_by IS NULL;
CREATE INDEX users_email_held_by ON users (email_held_by) WHERE email_held_by IS NOT NULL;

-- Opaque refresh tokens, stored as digests. Each use marks the token as rotated and adds its successor to the family.
-- Reuse of a rotated token after a grace of seconds means that it was stolen: the whole family is revoked.
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

CREATE TABLE admins (
  admin_id      uuid PRIMARY KEY,
  email         text NOT NULL CHECK (email = btrim(email) AND email LIKE '%_@_%'),
  -- One account per address: in NFC and lower case, with the domain in ASCII. The program fills it in. Of several old
  -- accounts with one key the oldest has it; the others keep null and log in by their exact text.
  email_key     text CHECK (email_key <> ''),
  email_held_by uuid REFERENCES admins (admin_id) ON DELETE SET NULL,
  password_hash text NOT NULL,
  name          text NOT NULL CHECK (name <> ''),
  phone_number  text CHECK (phone_number <> ''),
  role          text NOT NULL CHECK (role IN ('super_admin', 'event_manager', 'analyst')),
  permissions   jsonb NOT NULL DEFAULT '{}',
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CHECK (email_key IS NULL OR email_held_by IS NULL)
);

CREATE UNIQUE INDEX admins_email_key ON admins (email_key);
CREATE INDEX admins_without_email_key ON admins (lower(email)) WHERE email_key IS NULL;
CREATE INDEX admins_email_key_pending ON admins (created_at, admin_id)
  WHERE email_key IS NULL AND email_held_by IS NULL;
CREATE INDEX admins_email_held_by ON admins (email_held_by) WHERE email_held_by IS NOT NULL;

-- The same shape as in users_db, for the store in shared/auth.
CREATE TABLE refresh_tokens (
  token_hash text PRIMARY KEY,
  family_id  uuid NOT NULL,
  subject_id uuid NOT NULL REFERENCES admins (admin_id) ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > issued_at),
  rotated_at timestamptz,
  revoked_at timestamptz
);

CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_subject ON refresh_tokens (subject_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

-- Language of mails, and what the owner of an address has proven.
ALTER TABLE users
  ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language <> ''),
  ADD COLUMN email_verified_at timestamptz,
  -- null: never, since the registration
  ADD COLUMN password_changed_at timestamptz;

-- The links that mails carry: of each account the newest of each purpose, stored as the digest of its token.
CREATE TABLE account_links (
  subject_id   uuid NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
  purpose      text NOT NULL CHECK (purpose IN ('reset', 'verify')),
  token_hash   text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > requested_at),
  used_at      timestamptz,
  PRIMARY KEY (subject_id, purpose)
);

CREATE UNIQUE INDEX account_links_token ON account_links (token_hash);

-- The lane of a user: one of 16 buckets, by the last digit of its id.
CREATE FUNCTION lane_of(event_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (get_byte(uuid_send(event_id), 15) & 15)::smallint;

-- Mails to send, delivered at least once (shared/outbox). The table has the shape that it has in every database; here
-- `event_id` is the user, or any id where a mail is asked for by an address.
CREATE TABLE outbox (
  message_id   uuid NOT NULL,
  event_id     uuid NOT NULL,
  topic        text NOT NULL CHECK (topic IN ('account.welcome', 'account.verify', 'account.reset')),
  subject_id   uuid NOT NULL,
  payload      jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL, -- while a process delivers the message: the end of its lease
  attempts     integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error   text,
  delivered_at timestamptz,
  PRIMARY KEY (message_id, event_id)
);

CREATE INDEX outbox_due ON outbox (topic, lane_of(event_id), due_at) WHERE delivered_at IS NULL;

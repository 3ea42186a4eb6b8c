-- As in users_db, for organisers.
ALTER TABLE admins
  ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language <> ''),
  ADD COLUMN email_verified_at timestamptz,
  ADD COLUMN password_changed_at timestamptz;

CREATE TABLE account_links (
  subject_id   uuid NOT NULL REFERENCES admins (admin_id) ON DELETE CASCADE,
  purpose      text NOT NULL CHECK (purpose IN ('reset', 'verify')),
  token_hash   text NOT NULL,
  requested_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL CHECK (expires_at > requested_at),
  used_at      timestamptz,
  PRIMARY KEY (subject_id, purpose)
);

CREATE UNIQUE INDEX account_links_token ON account_links (token_hash);

-- Mails to organisers: their subject and `event_id` are the organiser, or any id where a mail is asked for by an address.
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('bookings.cancel', 'bookings.moved', 'account.welcome', 'account.verify', 'account.reset'));

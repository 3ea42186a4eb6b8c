-- Organisations, to which events, venues and webhooks belong, and the accounts that work for them
-- (services/event/organisations).

CREATE TABLE organisations (
  -- Of an organisation of one: the id of its account.
  organisation_id uuid PRIMARY KEY,
  name            text NOT NULL CHECK (name <> ''),
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL
);

CREATE TABLE memberships (
  admin_id        uuid NOT NULL REFERENCES admins (admin_id),
  organisation_id uuid NOT NULL REFERENCES organisations (organisation_id),
  role            text NOT NULL CHECK (role IN ('owner', 'manager', 'analyst')),
  joined_at       timestamptz NOT NULL,
  PRIMARY KEY (admin_id, organisation_id)
);

CREATE INDEX memberships_by_organisation ON memberships (organisation_id, joined_at, admin_id);

-- Their tokens are derived from their ids (as those of account_links are); a row has the digest only.
CREATE TABLE organisation_invitations (
  invitation_id   uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations (organisation_id),
  email           text NOT NULL CHECK (email = btrim(email) AND email LIKE '%_@_%'),
  email_key       text NOT NULL CHECK (email_key <> ''),
  role            text NOT NULL CHECK (role IN ('owner', 'manager', 'analyst')),
  token_hash      text NOT NULL,
  invited_by      uuid NOT NULL REFERENCES admins (admin_id),
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL CHECK (expires_at > created_at),
  accepted_at     timestamptz,
  accepted_by     uuid REFERENCES admins (admin_id),
  withdrawn_at    timestamptz,
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);

CREATE UNIQUE INDEX organisation_invitations_token ON organisation_invitations (token_hash);
-- One invitation of an address is open at a time; a newer one replaces it.
CREATE UNIQUE INDEX organisation_invitations_open ON organisation_invitations (organisation_id, email_key)
  WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- Who changed what, written by the transaction of the change.
CREATE TABLE organisation_changes (
  organisation_id uuid NOT NULL REFERENCES organisations (organisation_id),
  change_id       uuid NOT NULL,
  happened_at     timestamptz NOT NULL,
  admin_id        uuid NOT NULL REFERENCES admins (admin_id),
  admin_name      text NOT NULL, -- at that time
  action          text NOT NULL CHECK (action <> ''),
  subject_id      uuid NOT NULL,
  subject_name    text NOT NULL, -- after the change
  event_id        uuid, -- to which the subject belongs
  -- [{"field": "name", "from": "a", "to": "b"}, ...]
  fields          jsonb NOT NULL CHECK (length(fields::text) <= 65536),
  PRIMARY KEY (organisation_id, change_id)
);

CREATE INDEX organisation_changes_by_time
  ON organisation_changes (organisation_id, happened_at DESC, change_id DESC);

-- Append-only by privilege, as seat_ledger is.
REVOKE ALL ON organisation_changes FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON organisation_changes FROM CURRENT_USER;

-- Whether an account's organisation of one is still to be made: the program makes it when it is first needed.
ALTER TABLE admins ADD COLUMN organisation_due boolean NOT NULL DEFAULT true;

-- Null in rows of programs of before: they belong to the organisation of one of their creator.
ALTER TABLE events ADD COLUMN organisation_id uuid REFERENCES organisations (organisation_id);
ALTER TABLE venues ADD COLUMN organisation_id uuid REFERENCES organisations (organisation_id);
ALTER TABLE webhooks ADD COLUMN organisation_id uuid REFERENCES organisations (organisation_id);

INSERT INTO organisations (organisation_id, name, created_at, updated_at)
SELECT a.admin_id, a.name, a.created_at, a.created_at
  FROM admins a
 WHERE EXISTS (SELECT FROM events e WHERE e.created_by = a.admin_id)
    OR EXISTS (SELECT FROM venues v WHERE v.created_by = a.admin_id)
    OR EXISTS (SELECT FROM webhooks w WHERE w.owner_id = a.admin_id);

INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
SELECT organisation_id, organisation_id, 'owner', created_at FROM organisations;

UPDATE admins a SET organisation_due = false
  FROM organisations o WHERE o.organisation_id = a.admin_id;
UPDATE events SET organisation_id = created_by;
UPDATE venues SET organisation_id = created_by;
UPDATE webhooks SET organisation_id = owner_id;

CREATE INDEX events_by_organisation ON events (coalesce(organisation_id, created_by), created_at DESC);
CREATE INDEX venues_by_organisation ON venues (coalesce(organisation_id, created_by), created_at DESC);
CREATE INDEX webhooks_by_organisation ON webhooks (coalesce(organisation_id, owner_id), created_at DESC);

-- An invitation's mail: its subject and `event_id` are the invitation.
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('bookings.cancel', 'bookings.moved', 'account.welcome', 'account.verify', 'account.reset',
                   'organisation.invite'));

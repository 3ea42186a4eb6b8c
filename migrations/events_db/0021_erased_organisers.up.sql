-- Deleted organisers. Their row stays, as events, venues and the log of changes refer to it, with nothing of the person.
ALTER TABLE admins ADD COLUMN erased_at timestamptz;

-- The ids of deleted organisers, and nothing else of them: they tell whom a restored backup has brought back.
CREATE TABLE erased_accounts (
  account_id uuid PRIMARY KEY,
  erased_at  timestamptz NOT NULL
);

-- The log stays append-only, but for the names in it: no role may delete an entry, or change when it was made, by which
-- id, and what was done to what.
GRANT UPDATE (admin_name, subject_name, fields) ON organisation_changes TO CURRENT_USER;
CREATE INDEX organisation_changes_by_admin ON organisation_changes (admin_id);
CREATE INDEX organisation_changes_by_subject ON organisation_changes (subject_id);
-- Invitations are logged by the address that they went to.
CREATE INDEX organisation_changes_of_invitations ON organisation_changes (lower(subject_name))
 WHERE action IN ('invitation.created', 'invitation.withdrawn');

-- The mail that confirms it.
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('bookings.cancel', 'bookings.moved', 'account.welcome', 'account.verify', 'account.reset',
                   'organisation.invite', 'account.erased'));

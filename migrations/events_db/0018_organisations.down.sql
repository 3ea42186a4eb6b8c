DELETE FROM outbox WHERE topic = 'organisation.invite';
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('bookings.cancel', 'bookings.moved', 'account.welcome', 'account.verify', 'account.reset'));
ALTER TABLE webhooks DROP COLUMN organisation_id;
ALTER TABLE venues DROP COLUMN organisation_id;
ALTER TABLE events DROP COLUMN organisation_id;
ALTER TABLE admins DROP COLUMN organisation_due;
DROP TABLE organisation_changes;
DROP TABLE organisation_invitations;
DROP TABLE memberships;
DROP TABLE organisations;

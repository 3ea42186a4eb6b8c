DELETE FROM outbox WHERE topic = 'account.erased';
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('bookings.cancel', 'bookings.moved', 'account.welcome', 'account.verify', 'account.reset',
                   'organisation.invite'));
DROP INDEX organisation_changes_of_invitations;
DROP INDEX organisation_changes_by_subject;
DROP INDEX organisation_changes_by_admin;
REVOKE UPDATE (admin_name, subject_name, fields) ON organisation_changes FROM CURRENT_USER;
DROP TABLE erased_accounts;
ALTER TABLE admins DROP COLUMN erased_at;

-- Messages of closed accounts: what they had open is ended, and a mail confirms it.
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check CHECK (topic IN (
  'account.welcome', 'account.verify', 'account.reset', 'account.forget', 'account.erased'));

DELETE FROM outbox WHERE topic IN ('account.forget', 'account.erased');
ALTER TABLE outbox DROP CONSTRAINT outbox_topic_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_check
  CHECK (topic IN ('account.welcome', 'account.verify', 'account.reset'));

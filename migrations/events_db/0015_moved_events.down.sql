DELETE FROM outbox WHERE topic <> 'bookings.cancel';
ALTER TABLE outbox
  DROP CONSTRAINT outbox_topic_check,
  ADD CONSTRAINT outbox_topic_check CHECK (topic IN ('bookings.cancel'));

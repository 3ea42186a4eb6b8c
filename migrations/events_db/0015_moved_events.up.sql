-- An event that takes place at another time or place is told to the booking service, which writes to its buyers.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_topic_check,
  ADD CONSTRAINT outbox_topic_check CHECK (topic IN ('bookings.cancel', 'bookings.moved'));

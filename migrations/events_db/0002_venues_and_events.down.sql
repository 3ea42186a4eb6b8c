DROP TABLE outbox;
DROP TABLE events;
DROP TABLE venues;

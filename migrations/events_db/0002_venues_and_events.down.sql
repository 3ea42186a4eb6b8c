DROP TABLE outbox;
DROP FUNCTION lane_of;
DROP TABLE events;
DROP TABLE venues;

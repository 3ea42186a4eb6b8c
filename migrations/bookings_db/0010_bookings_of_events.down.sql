DROP INDEX bookings_confirmed;
DROP INDEX bookings_by_event;
CREATE INDEX bookings_by_event ON bookings (event_id);

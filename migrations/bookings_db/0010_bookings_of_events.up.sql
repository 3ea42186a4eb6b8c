-- Bookings of an event in the order in which they were made: lists of organisers, and pages of files.
DROP INDEX bookings_by_event;
CREATE INDEX bookings_by_event ON bookings (event_id, booked_at, booking_id);
-- Sales of an event by the time.
CREATE INDEX bookings_confirmed ON bookings (event_id, confirmed_at) WHERE confirmed_at IS NOT NULL;

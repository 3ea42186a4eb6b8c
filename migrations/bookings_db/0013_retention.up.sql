-- What is deleted when its time is over (services/booking/retention): bookings that were never paid, by the start that they
-- were sold with, and entries of waitlists that have ended. Bookings enter when they end, which changes indexes anyway.
CREATE INDEX bookings_unpaid ON bookings (sold_with_start)
 WHERE status IN ('cancelled', 'expired') AND payment_id IS NULL;
CREATE INDEX waitlist_entries_ended ON waitlist_entries (joined_at)
 WHERE status IN ('converted', 'expired', 'left', 'closed');

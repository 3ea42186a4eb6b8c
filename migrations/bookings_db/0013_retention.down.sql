DROP INDEX waitlist_entries_ended;
DROP INDEX bookings_unpaid;

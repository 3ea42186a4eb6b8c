DROP FUNCTION adjust_direct_seats;
DROP FUNCTION resize_inventory;
DROP FUNCTION set_waitlist_open;
DROP FUNCTION extend_seats;
DROP FUNCTION release_expired_seats;
DROP FUNCTION release_seats;
DROP FUNCTION commit_seats;
DROP FUNCTION hold_seats;

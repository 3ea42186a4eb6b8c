DROP FUNCTION close_waitlists;
DROP FUNCTION open_waitlists;
DROP FUNCTION types_to_wait_for;

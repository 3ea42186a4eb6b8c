DROP TRIGGER venue_changed ON venues;
DROP TRIGGER event_changed ON events;
DROP FUNCTION number_seat_change;
DROP FUNCTION venue_changed;
DROP FUNCTION event_changed;
DROP FUNCTION number_changes;
DROP TABLE event_changes;
DROP TABLE change_counter;

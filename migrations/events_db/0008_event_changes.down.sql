DROP FUNCTION number_seat_change;
DROP FUNCTION number_venue_change;
DROP FUNCTION number_changes;
DROP TABLE event_changes;
DROP TABLE change_lanes;

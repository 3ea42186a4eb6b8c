DROP FUNCTION number_change;
DROP TABLE event_changes;
DROP TABLE change_lanes;

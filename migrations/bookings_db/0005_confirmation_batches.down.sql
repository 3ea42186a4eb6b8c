ALTER TABLE tickets ADD FOREIGN KEY (booking_id, event_id) REFERENCES bookings (booking_id, event_id);
ALTER TABLE payments ADD FOREIGN KEY (booking_id, event_id) REFERENCES bookings (booking_id, event_id);
DROP FUNCTION complete_confirmations;
DROP FUNCTION start_confirmations;

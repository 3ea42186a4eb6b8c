DROP TABLE outbox;
DROP TABLE tickets;
DROP TABLE payments;
DROP TABLE bookings;
DROP FUNCTION lane_of;

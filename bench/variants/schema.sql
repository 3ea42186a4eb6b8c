-- The old system's tables: seats are a column of the event's row, guarded by its version.
CREATE TABLE old_events (
  event_id        uuid PRIMARY KEY,
  available_seats integer NOT NULL CHECK (available_seats >= 0),
  base_price      integer NOT NULL,
  version         integer NOT NULL
);

CREATE TABLE old_bookings (
  booking_id uuid PRIMARY KEY,
  user_id    uuid NOT NULL,
  event_id   uuid NOT NULL,
  quantity   integer NOT NULL,
  reference  text NOT NULL UNIQUE,
  total      integer NOT NULL,
  status     text NOT NULL,
  booked_at  timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX old_bookings_by_user ON old_bookings (user_id, booked_at DESC);

-- The best SQL without batches, one call per request: takes the seats and inserts the booking.
CREATE FUNCTION reserve_one(
  p_event uuid, p_booking uuid, p_user uuid, p_quantity integer, p_reference text
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE old_events SET available_seats = available_seats - p_quantity
   WHERE event_id = p_event AND available_seats >= p_quantity;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO old_bookings
  SELECT p_booking, p_user, p_event, p_quantity, p_reference, base_price * p_quantity, 'pending',
         now(), now() + interval '5 minutes'
    FROM old_events WHERE event_id = p_event
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

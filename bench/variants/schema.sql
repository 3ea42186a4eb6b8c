-- The old system's tables, where seats are a column of the event's row. The version lock has both in one database; the
-- single statements take seats in events_db and write the booking in bookings_db.
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

-- Users whose reservations of an event its organiser refuses for a time. A row goes when its time is over.
CREATE TABLE hold_blocks (
  event_id      uuid NOT NULL,
  user_id       uuid NOT NULL,
  blocked_at    timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,
  PRIMARY KEY (event_id, user_id),
  CHECK (blocked_until > blocked_at)
);

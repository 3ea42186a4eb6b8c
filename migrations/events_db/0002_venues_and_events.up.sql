-- A `…_key` is its text without case, accents and ligatures, by which lists filter. The program fills it in, with the
-- `fold` that search uses: no function of PostgreSQL folds alike on every server.
CREATE TABLE venues (
  venue_id      uuid PRIMARY KEY,
  name          text NOT NULL CHECK (name <> ''),
  name_key      text NOT NULL,
  address       text NOT NULL CHECK (address <> ''),
  address_key   text NOT NULL,
  city          text NOT NULL CHECK (city <> ''),
  city_key      text NOT NULL,
  state         text,
  state_key     text,
  country       text NOT NULL,
  postal_code   text,
  capacity      integer NOT NULL CHECK (capacity > 0),
  layout_config jsonb,
  latitude      double precision CHECK (latitude BETWEEN -90 AND 90),
  longitude     double precision CHECK (longitude BETWEEN -180 AND 180),
  created_by    uuid NOT NULL REFERENCES admins (admin_id),
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CHECK ((latitude IS NULL) = (longitude IS NULL)),
  CHECK ((state IS NULL) = (state_key IS NULL))
);

-- `sold_out` is not stored: a published event without available seats is sold out, until a seat is released. Its seats
-- are in seat_inventory, so a booking never touches this row.
CREATE TABLE events (
  event_id                uuid PRIMARY KEY,
  name                    text NOT NULL CHECK (name <> ''),
  description             text,
  venue_id                uuid NOT NULL REFERENCES venues (venue_id),
  event_type              text NOT NULL CHECK (event_type <> ''),
  event_type_key          text NOT NULL,
  start_at                timestamptz NOT NULL,
  end_at                  timestamptz NOT NULL,
  -- The days on which it takes place in its own time zone, by which lists filter. The program computes them, as search
  -- does: not every PostgreSQL server knows every zone.
  first_day               date NOT NULL,
  last_day                date NOT NULL,
  -- of the default ticket type; null for the platform's default name
  base_ticket_name        text CHECK (base_ticket_name <> ''),
  base_price_minor        integer NOT NULL CHECK (base_price_minor >= 0),
  currency                char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  max_tickets_per_booking integer NOT NULL CHECK (max_tickets_per_booking > 0),
  -- tickets that one buyer may hold, unpaid, at once; null for any number
  max_held_per_user       integer CHECK (max_held_per_user > 0),
  -- [{"hours_before": 24, "percent": 100}, ...], largest hours_before first; null for the platform's default
  refund_policy           jsonb,
  timezone                text,
  image_url               text,
  -- whether the public proof shows how many seats are held and sold
  public_counts           boolean NOT NULL DEFAULT false,
  status                  text NOT NULL CHECK (status IN ('draft', 'published', 'cancelled')),
  version                 integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_by              uuid NOT NULL REFERENCES admins (admin_id),
  created_at              timestamptz NOT NULL,
  updated_at              timestamptz NOT NULL,
  CHECK (start_at < end_at),
  CHECK (first_day <= last_day)
);

CREATE INDEX events_published_by_start ON events (start_at, event_id) WHERE status = 'published';
CREATE INDEX events_by_creator ON events (created_by, created_at DESC);
CREATE INDEX events_by_venue ON events (venue_id);

-- The lane of an event: one of 16 buckets, by the last digit of its id. Work and changes are read and numbered by lane, so
-- that what belongs to one event stays together and processes rarely meet.
CREATE FUNCTION lane_of(event_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (get_byte(uuid_send(event_id), 15) & 15)::smallint;

-- Messages to other services, written by the transaction that causes them and delivered at least once (shared/outbox).
-- The table has this shape in every database.
CREATE TABLE outbox (
  message_id   uuid NOT NULL, -- the receiver's idempotency key
  event_id     uuid NOT NULL,
  topic        text NOT NULL CHECK (topic IN ('bookings.cancel')),
  subject_id   uuid NOT NULL, -- the event
  payload      jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL, -- while a process delivers the message: the end of its lease
  attempts     integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error   text,
  delivered_at timestamptz,
  PRIMARY KEY (message_id, event_id)
);

CREATE INDEX outbox_due ON outbox (topic, lane_of(event_id), due_at) WHERE delivered_at IS NULL;

-- Everything of a sale belongs to an event, and `event_id` is part of every key, so that a distributed PostgreSQL can
-- spread the tables by event. Ids come first in keys: a look-up by id alone uses the same index.

-- The lane of an event: one of 16 buckets, by the last digit of its id. Processes read due work by lane and begin at
-- different lanes, so that they rarely meet.
CREATE FUNCTION lane_of(event_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (get_byte(uuid_send(event_id), 15) & 15)::smallint;

-- A booking is pending (its seats are held), confirming (a payment is in progress), confirmed, cancelled or expired.
-- Each change is one conditional UPDATE on the previous status.
CREATE TABLE bookings (
  -- Derived from user, event and idempotency key, so a retry finds its own booking. The seat allocation of its first
  -- line has the same id.
  booking_id       uuid NOT NULL,
  event_id         uuid NOT NULL,
  user_id          uuid NOT NULL,
  reference        text NOT NULL,
  quantity         integer NOT NULL CHECK (quantity > 0), -- tickets of all lines
  unit_price_minor integer NOT NULL CHECK (unit_price_minor >= 0), -- of the first line
  total_minor      bigint NOT NULL CHECK (total_minor >= 0),
  currency         char(3) NOT NULL,
  -- What was bought, as it was then: [{"ticket_type_id", "name", "quantity", "gives", "unit_price_minor"}, ...]; null
  -- for one line of the event's default type under its default name.
  lines            jsonb CHECK (jsonb_typeof(lines) = 'array'),
  -- The terms of sale, fixed when the seats were held: [{"hours_before": 24, "percent": 100}, ...], and the event's
  -- start at that time, to which the hours refer.
  refund_policy    jsonb NOT NULL CHECK (jsonb_typeof(refund_policy) = 'array'),
  sold_with_start  timestamptz NOT NULL,
  status           text NOT NULL CHECK (status IN ('pending', 'confirming', 'confirmed', 'cancelled', 'expired')),
  -- requires_action: the payment needs its buyer; the hold continues meanwhile.
  payment_status   text NOT NULL CHECK (payment_status IN ('pending', 'requires_action', 'completed', 'failed', 'refunded')),
  payment_id       uuid, -- the latest payment attempt
  entry_id         uuid, -- of the waitlist, whose offer this is; its entry moves in the statement that ends or confirms it
  booked_at        timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL,
  extended_at      timestamptz, -- when the buyer extended the hold; allowed once
  confirming_at    timestamptz, -- when a process took the payment over; the epoch: it was handed on
  confirmed_at     timestamptz,
  cancelled_at     timestamptz,
  expired_at       timestamptz,
  refund_minor     bigint CHECK (refund_minor BETWEEN 0 AND total_minor),
  PRIMARY KEY (booking_id, event_id),
  CONSTRAINT bookings_reference_key UNIQUE (reference, event_id),
  CHECK (lines IS NOT NULL OR total_minor = unit_price_minor::bigint * quantity),
  CHECK ((status = 'confirming') <= (confirming_at IS NOT NULL AND payment_id IS NOT NULL)),
  CHECK ((payment_status = 'requires_action') <= (payment_id IS NOT NULL)),
  CHECK ((status = 'confirmed') <= (confirmed_at IS NOT NULL AND payment_status = 'completed')),
  CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
  CHECK ((status = 'expired') = (expired_at IS NOT NULL))
) WITH (fillfactor = 85);

CREATE INDEX bookings_by_user ON bookings (user_id, booked_at DESC);
-- Open bookings, for expiry and settlement. Stays small, as closed bookings leave it.
CREATE INDEX bookings_open ON bookings (lane_of(event_id), expires_at) WHERE status IN ('pending', 'confirming');
CREATE INDEX bookings_by_event ON bookings (event_id);
-- Recent activity. Rows arrive in this order, so a block range index suffices and costs almost nothing.
CREATE INDEX bookings_recent ON bookings USING brin (booked_at) WITH (pages_per_range = 32);

-- One row per payment attempt. Its id is the idempotency key at the payment provider. Free bookings have the provider
-- `free`, which is never called.
CREATE TABLE payments (
  payment_id     uuid NOT NULL,
  event_id       uuid NOT NULL,
  booking_id     uuid NOT NULL,
  provider       text NOT NULL,
  method         text NOT NULL,
  token          text NOT NULL,
  transaction_id text,
  status         text NOT NULL CHECK (status IN ('started', 'requires_action', 'captured', 'declined', 'voided', 'refunded')),
  amount_minor   bigint NOT NULL CHECK (amount_minor >= 0),
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND amount_minor),
  currency       char(3) NOT NULL,
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  PRIMARY KEY (payment_id, event_id),
  FOREIGN KEY (booking_id, event_id) REFERENCES bookings (booking_id, event_id),
  CHECK ((status = 'captured') <= (transaction_id IS NOT NULL))
);

CREATE INDEX payments_by_booking ON payments (booking_id);
-- A booking is paid at most once.
CREATE UNIQUE INDEX payments_one_capture ON payments (booking_id, event_id) WHERE status IN ('captured', 'refunded');

-- Admits its holder. The code is the secret part of the ticket's URL.
CREATE TABLE tickets (
  ticket_code text NOT NULL,
  event_id    uuid NOT NULL,
  booking_id  uuid NOT NULL,
  issued_at   timestamptz NOT NULL,
  PRIMARY KEY (ticket_code, event_id),
  UNIQUE (booking_id, event_id),
  FOREIGN KEY (booking_id, event_id) REFERENCES bookings (booking_id, event_id)
);

-- Messages to other services and to the payment provider, written by the statement that causes them and delivered at
-- least once (shared/outbox). The table has this shape in every database.
CREATE TABLE outbox (
  message_id   uuid NOT NULL, -- the receiver's idempotency key
  event_id     uuid NOT NULL,
  topic        text NOT NULL CHECK (topic IN (
    'seats.release', 'payment.refund', 'payment.void',
    'waitlist.joined', 'waitlist.offered', 'waitlist.offer_lapsed', 'waitlist.converted')),
  subject_id   uuid NOT NULL, -- the booking, or the entry of the waitlist
  payload      jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL, -- while a process delivers the message: the end of its lease
  attempts     integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  last_error   text,
  delivered_at timestamptz,
  PRIMARY KEY (message_id, event_id)
);

CREATE INDEX outbox_due ON outbox (topic, lane_of(event_id), due_at) WHERE delivered_at IS NULL;

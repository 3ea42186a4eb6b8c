-- A booking: pending (its seats are held) -> confirming (its payment is under way) -> confirmed; or
-- cancelled, or expired. Every change is one conditional UPDATE on the status it comes from.
CREATE TABLE bookings (
  -- derived from user and idempotency key: a retry can only ever meet its own booking; it is also
  -- the id of the booking's allocation in the seat inventory
  booking_id       uuid PRIMARY KEY,
  user_id          uuid NOT NULL,
  event_id         uuid NOT NULL,
  reference        text NOT NULL CONSTRAINT bookings_reference_key UNIQUE,
  quantity         integer NOT NULL CHECK (quantity > 0),
  unit_price_minor integer NOT NULL CHECK (unit_price_minor >= 0),
  total_minor      bigint NOT NULL CHECK (total_minor = unit_price_minor::bigint * quantity),
  currency         char(3) NOT NULL,
  -- the terms of sale, which the booking keeps whatever its event's become: [{"hours_before": 24, "percent": 100}, ...],
  -- and the start that these hours were before
  refund_policy    jsonb NOT NULL CHECK (jsonb_typeof(refund_policy) = 'array'),
  sold_with_start  timestamptz NOT NULL,
  status           text NOT NULL CHECK (status IN ('pending', 'confirming', 'confirmed', 'cancelled', 'expired')),
  -- requires_action: the payment waits for its buyer, and the hold goes on meanwhile
  payment_status   text NOT NULL CHECK (payment_status IN ('pending', 'requires_action', 'completed', 'failed', 'refunded')),
  payment_id       uuid, -- the latest attempt to pay
  booked_at        timestamptz NOT NULL,
  expires_at       timestamptz NOT NULL,
  extended_at      timestamptz, -- when the buyer had the hold extended; once
  confirming_at    timestamptz, -- when its driver took it up; the epoch once that one has handed it on
  confirmed_at     timestamptz,
  cancelled_at     timestamptz,
  expired_at       timestamptz,
  refund_minor     bigint CHECK (refund_minor BETWEEN 0 AND total_minor),
  CHECK ((status = 'confirming') <= (confirming_at IS NOT NULL AND payment_id IS NOT NULL)),
  CHECK ((payment_status = 'requires_action') <= (payment_id IS NOT NULL)),
  CHECK ((status = 'confirmed') <= (confirmed_at IS NOT NULL AND payment_status = 'completed')),
  CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
  CHECK ((status = 'expired') = (expired_at IS NOT NULL))
) WITH (fillfactor = 85);

CREATE INDEX bookings_by_user ON bookings (user_id, booked_at DESC);
-- What is due to expire or to be settled; as small as what is open.
CREATE INDEX bookings_open ON bookings (expires_at) WHERE status IN ('pending', 'confirming');
CREATE INDEX bookings_by_event ON bookings (event_id);
-- Recent activity; rows arrive in this order, so a block range index is enough and costs nothing.
CREATE INDEX bookings_recent ON bookings USING brin (booked_at) WITH (pages_per_range = 32);

-- One row an attempt to pay. Its id is the idempotency key with the payment provider. What costs nothing is paid by
-- the provider `free`, which is nobody.
CREATE TABLE payments (
  payment_id     uuid PRIMARY KEY,
  booking_id     uuid NOT NULL REFERENCES bookings (booking_id),
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
  CHECK ((status = 'captured') <= (transaction_id IS NOT NULL))
);

CREATE INDEX payments_by_booking ON payments (booking_id);
-- Money is taken at most once a booking.
CREATE UNIQUE INDEX payments_one_capture ON payments (booking_id) WHERE status IN ('captured', 'refunded');

-- What lets its holder in; the code is the secret of the ticket's address.
CREATE TABLE tickets (
  ticket_code text PRIMARY KEY,
  booking_id  uuid NOT NULL UNIQUE REFERENCES bookings (booking_id),
  issued_at   timestamptz NOT NULL
);

-- What must still be done elsewhere, written with the change that demands it, done at least once.
CREATE TABLE outbox (
  outbox_id    uuid PRIMARY KEY,
  booking_id   uuid NOT NULL,
  event_id     uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('release_seats', 'refund_payment', 'void_payment')),
  payload      jsonb NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  due_at       timestamptz NOT NULL,
  attempts     integer NOT NULL DEFAULT 0,
  last_error   text,
  delivered_at timestamptz
);

CREATE INDEX outbox_due ON outbox (due_at) WHERE delivered_at IS NULL;

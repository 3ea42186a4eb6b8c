-- One row per refund of a payment, whole or in part, from the moment it is promised. Its id is the idempotency key at the
-- payment provider and the id of the message that has it made. The statement that promises a refund adds its amount to
-- `bookings.refund_minor`, which is never more than the total: so the refunds of a booking add up, whoever makes them.
CREATE TABLE refunds (
  refund_id    uuid NOT NULL,
  event_id     uuid NOT NULL,
  booking_id   uuid NOT NULL,
  payment_id   uuid NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  -- cancelled: by the buyer. organiser: a part that the organiser gave back. repair: found to be owed.
  reason       text NOT NULL CHECK (reason IN ('cancelled', 'event_cancelled', 'organiser', 'late_payment', 'repair')),
  note         text, -- of the organiser, for the buyer
  created_at   timestamptz NOT NULL,
  done_at      timestamptz, -- when the provider had made it
  PRIMARY KEY (refund_id, event_id)
);

CREATE INDEX refunds_by_event ON refunds (event_id, booking_id);

-- The refunds of before that are not delivered yet, or were within a day.
INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, created_at, done_at)
SELECT message_id, event_id, subject_id, (payload ->> 'payment_id')::uuid, (payload ->> 'amount_minor')::bigint,
       'cancelled', created_at, delivered_at
  FROM outbox
 WHERE topic = 'payment.refund';

-- Older ones, of which the message is gone.
INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, created_at, done_at)
SELECT gen_random_uuid(), p.event_id, p.booking_id, p.payment_id, p.refunded_minor - coalesce(known.amount_minor, 0),
       'cancelled', b.cancelled_at, b.cancelled_at
  FROM payments p
  JOIN bookings b ON b.booking_id = p.booking_id AND b.event_id = p.event_id AND b.cancelled_at IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT sum(r.amount_minor) AS amount_minor FROM refunds r
     WHERE r.payment_id = p.payment_id AND r.event_id = p.event_id AND r.done_at IS NOT NULL
  ) AS known ON true
 WHERE p.refunded_minor > coalesce(known.amount_minor, 0);

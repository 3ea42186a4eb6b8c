-- booking.refunded: a refund was made, as its statement tells.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_topic_check,
  ADD CONSTRAINT outbox_topic_check CHECK (topic IN (
    'seats.release', 'payment.refund', 'payment.void', 'payment.look',
    'waitlist.joined', 'waitlist.offered', 'waitlist.offer_lapsed', 'waitlist.converted',
    'booking.confirmed', 'booking.cancelled', 'booking.requires_action', 'booking.payment_returned',
    'booking.refunded', 'mail.send'));

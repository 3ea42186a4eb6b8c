/** What webhooks tell, by topic; the event service causes those of events, the booking service all others. */
export const EVENT_TOPICS = [
  "event.published",
  "event.changed",
  "event.cancelled",
  "event.sold_out",
  "event.available",
] as const;

export const BOOKING_TOPICS = [
  "booking.confirmed",
  "booking.cancelled",
  "booking.payment_returned",
  "booking.refunded",
] as const;

export const WAITLIST_TOPICS = [
  "waitlist.joined",
  "waitlist.offered",
  "waitlist.offer_lapsed",
  "waitlist.converted",
] as const;

/** Topics that a webhook can have. */
export const TOPICS = [...EVENT_TOPICS, ...BOOKING_TOPICS, ...WAITLIST_TOPICS] as const;

export type Topic = typeof TOPICS[number];
export type EventTopic = typeof EVENT_TOPICS[number];

/** The topic of a test message, which every webhook gets when it is asked for. */
export const PING = "webhook.ping";

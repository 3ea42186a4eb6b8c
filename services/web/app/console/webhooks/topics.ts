import type { Topic } from "../api/webhooks.ts";

/** What webhooks can tell, in groups; every topic of the API is in one, or this does not compile. */
const GROUP_OF: Readonly<Record<Topic, "event" | "booking" | "waitlist">> = {
  "event.published": "event",
  "event.changed": "event",
  "event.cancelled": "event",
  "event.sold_out": "event",
  "event.available": "event",
  "booking.confirmed": "booking",
  "booking.cancelled": "booking",
  "booking.payment_returned": "booking",
  "booking.refunded": "booking",
  "waitlist.joined": "waitlist",
  "waitlist.offered": "waitlist",
  "waitlist.offer_lapsed": "waitlist",
  "waitlist.converted": "waitlist",
};

/** All topics, in the order in which they are shown. */
export const TOPICS = Object.keys(GROUP_OF) as Topic[];

/** Groups of topics, in the order in which they are shown. */
export const GROUPS = ["event", "booking", "waitlist"] as const;

/** The topics of a group. */
export function topicsOf(group: typeof GROUPS[number]): Topic[] {
  return TOPICS.filter((topic) => GROUP_OF[topic] === group);
}

import type { Sql } from "@evently/shared/postgres";

/** What happened to an entry, as its facts say it. */
export type FactTopic =
  | "waitlist.joined"
  | "waitlist.offered"
  | "waitlist.offer_lapsed"
  | "waitlist.converted";

/** Writes a fact about each entry of the CTE `w`; about all of them, or those that match. */
export function factOf(
  sql: Sql,
  { topic, now, where }: { topic: FactTopic; now: Date; where?: ReturnType<typeof sql> },
) {
  return sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), w.entry_id, w.event_id, ${topic}, ${
    payloadOf(sql, topic)
  }, ${now}, ${now}
      FROM w ${where ? sql`WHERE ${where}` : sql``}`;
}

function payloadOf(sql: Sql, topic: FactTopic) {
  return topic === "waitlist.joined"
    ? sql`jsonb_build_object('user_id', w.user_id, 'place', w.place, 'quantity', w.quantity)`
    : sql`jsonb_build_object(
        'user_id', w.user_id, 'place', w.place, 'offer_id', w.offer_id,
        'ticket_type_id', w.offer_type_id, 'quantity', w.offer_quantity)`;
}

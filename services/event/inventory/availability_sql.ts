import type { Sql } from "@evently/shared/postgres";
import { DEFAULT_TICKET_NAME } from "./types.ts";

/** The seats of the counters `i` that the public can take. */
export function availableSeats(sql: Sql) {
  return sql`(i.capacity - i.held - i.sold - i.set_aside)`;
}

/**
 * The `EventStatus` of the event `e` by its house `i`. Where the event offers more than its default type, `atTime` also
 * looks at what it offers.
 */
export function eventStatus(sql: Sql) {
  const available = availableSeats(sql);
  return sql`CASE WHEN e.status = 'published' AND ${available} = 0 THEN 'sold_out' ELSE e.status END`;
}

/** Name, kind and price of the ticket type `y` of the event `e`, which has those of its default type. */
export function typeTerms(sql: Sql) {
  return {
    name: sql`coalesce(y.name, e.base_ticket_name, ${DEFAULT_TICKET_NAME}::text)`,
    kind:
      sql`CASE WHEN y.type > 0 THEN y.kind WHEN e.base_price_minor = 0 THEN 'free' ELSE 'paid' END`,
    priceMinor: sql`coalesce(y.price_minor, e.base_price_minor)`,
  };
}

/**
 * The `Offer` of the event `e` with the house `i`: its active ticket types and what is left of its pools. Null for a
 * plain event, of which it would read nothing that its row does not say; `always` reads it all the same.
 */
export function offerOf(sql: Sql, { always = false }: { always?: boolean } = {}) {
  const { name, kind, priceMinor } = typeTerms(sql);
  return sql`
    CASE WHEN ${always} OR NOT i.plain THEN jsonb_build_object(
      'maxTickets', e.max_tickets_per_booking,
      'maxHeld', e.max_held_per_user,
      'free', (
        SELECT jsonb_object_agg(p.pool, p.capacity - p.held - p.sold - p.set_aside)
          FROM seat_inventory p
         WHERE p.event_id = e.event_id),
      'types', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
                 'ticketTypeId', y.ticket_type_id,
                 'name', ${name},
                 'description', y.description,
                 'kind', ${kind},
                 'priceMinor', ${priceMinor},
                 'pools', y.pools,
                 'units', y.units,
                 'minPerOrder', y.min_per_order,
                 'maxPerOrder', y.max_per_order,
                 'maxPerBuyer', y.max_per_buyer,
                 'salesStartMs', ceil(extract(epoch FROM y.sales_start) * 1000)::bigint,
                 'salesEndMs', ceil(extract(epoch FROM y.sales_end) * 1000)::bigint,
                 'isWaitlistOpen', y.waitlist_open
               ) ORDER BY y.position, y.type), '[]')
          FROM ticket_types y
         WHERE y.event_id = e.event_id AND y.status = 'active')
    ) END`;
}

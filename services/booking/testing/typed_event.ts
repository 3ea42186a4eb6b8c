import type { World } from "./world.ts";

/** The price of a seat on the balcony of {@link createTypedEvent}. */
export const BALCONY_MINOR = 50_000;
/** The price of its family ticket. */
export const FAMILY_MINOR = 100_000;

/** An event with a balcony of its own capacity at 500.00, and a family ticket for four at 1,000.00. */
export async function createTypedEvent(
  { createEvent, organiser }: World,
  { capacity = 100, balcony = 10, max = 20 } = {},
) {
  const eventId = await createEvent({ capacity, max });
  return {
    eventId,
    balcony: await organiser.addType(eventId, { price: 500, capacity: balcony }),
    family: await organiser.addType(eventId, { name: "Family", price: 1_000, gives: 4 }),
  };
}

/** The lines of an order, by the ids of their types. */
export function linesOf(lines: Record<string, number>) {
  return Object.entries(lines).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

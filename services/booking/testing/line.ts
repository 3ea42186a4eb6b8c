/** People in line for an event that is sold out. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import type { BookingServiceDeps } from "../deps.ts";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { serveWaitlist } from "../waitlist/serve_waitlist.ts";
import type { World } from "./world.ts";

const HOUR_MS = 3_600_000;

type Fields = Record<string, unknown>;

/** The line of one event, whose seats are sold in orders of one each. */
export class Line {
  readonly world: World;
  readonly eventId: string;
  readonly orders: { bookingId: string; userId: string }[];

  private constructor(world: World, eventId: string, orders: Line["orders"]) {
    this.world = world;
    this.eventId = eventId;
    this.orders = orders;
  }

  static async of(
    world: World,
    { seats = 4, startsInMs = 96 * HOUR_MS }: { seats?: number; startsInMs?: number } = {},
  ): Promise<Line> {
    const eventId = await world.createEvent({ capacity: seats, startsInMs });
    const orders = await Promise.all(times(seats, async () => {
      const order = await world.reserve({ eventId });
      await world.confirm(order);
      return order;
    }));
    return new Line(world, eventId, orders);
  }

  /** Lets new users join one after the other, for so many tickets each, or with these fields. */
  async join(...wishes: (number | Fields)[]): Promise<string[]> {
    const users: string[] = [];
    for (const wish of wishes) {
      const userId = newId();
      const fields = typeof wish === "number" ? { quantity: wish } : wish;
      await this.world.waitlist.join(this.eventId, fields, userId);
      users.push(userId);
    }
    return users;
  }

  /** Cancels so many of the orders that sold the event out. */
  async free(seats: number): Promise<void> {
    for (const order of this.orders.splice(0, seats)) await cancelBooking(this.world.deps, order);
  }

  /** Runs a round of the worker, and delivers what it left in the outbox. */
  async serve(deps: BookingServiceDeps = this.world.deps): Promise<void> {
    await serveWaitlist(deps, this.eventId);
    await this.world.drainOutbox();
  }

  /** What each user is told: `waiting`, `offered 2`. */
  async states(users: readonly string[]): Promise<string[]> {
    return await Promise.all(users.map(async (userId) => {
      const { status, offer } = await this.world.waitlist.position(this.eventId, userId);
      return offer ? `${status} ${offer.quantity}` : status;
    }));
  }

  /** The reservation that a user is offered. */
  async offerOf(userId: string): Promise<{ bookingId: string; userId: string }> {
    const { status, offer } = await this.world.waitlist.position(this.eventId, userId);
    assert.equal(status, "offered");
    return { bookingId: offer.reservation_id, userId };
  }

  async decline(userId: string): Promise<void> {
    const body = { event_id: this.eventId };
    await this.world.waitlist.ask("POST", "/decline", { userId, body });
  }

  async leave(userId: string): Promise<void> {
    await this.world.waitlist.ask("DELETE", `/leave?event_id=${this.eventId}`, { userId });
  }

  /** The facts of the event that were announced, each as `offered 2`. */
  async facts(): Promise<string[]> {
    const rows = await this.world.bookingsDb<{ fact: string }[]>`
      SELECT replace(topic, 'waitlist.', '') || coalesce(' ' || (payload->>'quantity'), '') AS fact FROM outbox
       WHERE event_id = ${this.eventId} AND topic LIKE 'waitlist.%'
       ORDER BY created_at, topic, (payload->>'place')::integer`;
    return rows.map(({ fact }) => fact);
  }
}

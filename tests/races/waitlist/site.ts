import assert from "node:assert/strict";
import { jsonRequest, type Random, readAnswer } from "@evently/shared/testing";
import { createBookingApp } from "../../../services/booking/app.ts";
import { createWorld, type World } from "../../../services/booking/testing/world.ts";
import { jittered } from "../bookings/jitter.ts";
import { Meeting } from "../bookings/meeting.ts";
import { localPlace, type Place } from "./place.ts";
import { SeatWitness } from "./public_holds.ts";
import { startRemotePlace } from "./remote_place.ts";

/**
 * Both services on real databases, in two processes, whose calls to stores and peers meet and are delayed. The second
 * one is a program of its own where both reach the same stores; with the embedded ones, whose Redis is in this process,
 * it has nothing but them, the time and the program in common with the first.
 */
export interface Site extends AsyncDisposable {
  world: World;
  places: readonly [Place, Place];
  meeting: Meeting;
  witness: SeatWitness;
  /** Gathers what the witnesses of both processes noted. */
  collectNotes(): Promise<void>;
}

/** A request of a user. */
export interface Sent {
  userId: string;
  body?: unknown;
}

/** Set where the Redis of the tests is a server, which a second process reaches, too. */
const SHARED_REDIS = "TEST_REDIS_URL";
const PAYMENT_IN_PROGRESS = "PAYMENT_IN_PROGRESS";

export async function openSite(random: Random): Promise<Site> {
  const meeting = new Meeting(random);
  const witness = new SeatWitness();
  const contended = <Seam extends object>(seam: Seam) => meeting.seam(jittered(seam, random));
  const world = await createWorld({
    adapt: ({ seats, store, waitlistStore, outboxStore, holds }) => ({
      seats: contended(witness.watch(seats)),
      store: contended(store),
      waitlistStore: contended(waitlistStore),
      outboxStore: contended(outboxStore),
      holds: contended(holds),
    }),
  });
  const first = localPlace(world, world.app);
  const site = { world, meeting, witness };
  if (!Deno.env.has(SHARED_REDIS)) {
    const other = world.inAnotherProcess();
    return {
      ...site,
      places: [first, localPlace(other, createBookingApp(other.deps))],
      collectNotes: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
    };
  }
  const remote = await startRemotePlace(world, { meeting, random });
  return {
    ...site,
    places: [first, remote],
    collectNotes: () => remote.collect(witness),
    async [Symbol.asyncDispose]() {
      await remote[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

/**
 * Sends a request to a process; a refusal that clients may meet is an answer.
 *
 * @returns the body, or the code of the refusal
 */
export async function send<Body = Record<string, unknown>>(
  { world: { context } }: Pick<Site, "world">,
  place: Place,
  [method, path]: readonly [string, string],
  { userId, body }: Sent,
): Promise<{ body: Body; code?: undefined } | { code: string; body?: undefined }> {
  const token = await context.tokens.issueForUser(userId);
  const request = jsonRequest(method, `http://booking/api/v1${path}`, { token, body });
  const { status, body: answer } = await readAnswer(place.fetch(request));
  if (status < 300) return { body: answer };
  assert.ok(
    status < 500 || answer.code === PAYMENT_IN_PROGRESS,
    `${method} ${path}: ${status} ${JSON.stringify(answer)}`,
  );
  return { code: answer.code };
}

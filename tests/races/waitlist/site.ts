import assert from "node:assert/strict";
import { jsonRequest, type Random, readAnswer } from "@evently/shared/testing";
import { createBookingApp } from "../../../services/booking/app.ts";
import { createWorld, type Process, type World } from "../../../services/booking/testing/world.ts";
import { jittered } from "../bookings/jitter.ts";
import { Meeting } from "../bookings/meeting.ts";
import { SeatWitness } from "./public_holds.ts";

/** A process of the booking service, with its HTTP app. */
export interface Place {
  process: Process;
  app: ReturnType<typeof createBookingApp>;
}

/** Both services on real databases, in two processes, whose calls to stores and peers meet and are delayed. */
export interface Site extends AsyncDisposable {
  world: World;
  places: readonly [Place, Place];
  meeting: Meeting;
  witness: SeatWitness;
}

/** A request of a user. */
export interface Sent {
  userId: string;
  body?: unknown;
}

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
  const other = world.inAnotherProcess();
  return {
    world,
    meeting,
    witness,
    places: [
      { process: world, app: world.app },
      { process: other, app: createBookingApp(other.deps) },
    ],
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/**
 * Sends a request to a process; a refusal that clients may meet is an answer.
 *
 * @returns the body, or the code of the refusal
 */
export async function send<Body = Record<string, unknown>>(
  { world: { context } }: Pick<Site, "world">,
  { app }: Place,
  [method, path]: readonly [string, string],
  { userId, body }: Sent,
): Promise<{ body: Body; code?: undefined } | { code: string; body?: undefined }> {
  const token = await context.tokens.issueForUser(userId);
  const request = jsonRequest(method, `http://booking/api/v1${path}`, { token, body });
  const { status, body: answer } = await readAnswer(app.fetch(request));
  if (status < 300) return { body: answer };
  assert.ok(
    status < 500 || answer.code === PAYMENT_IN_PROGRESS,
    `${method} ${path}: ${status} ${JSON.stringify(answer)}`,
  );
  return { code: answer.code };
}

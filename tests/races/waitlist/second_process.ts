/**
 * A process of the booking service for the races of a waitlist, driven by `remote_place.ts`: the services over HTTP, on
 * the stores of a world that the other process made. Its calls to stores and peers meet those of the other process.
 */
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { ManualClock } from "@evently/shared/clock";
import { randomFrom } from "@evently/shared/testing";
import { joinWorld, type WorldStores } from "../../../services/booking/testing/world.ts";
import { jittered } from "../bookings/jitter.ts";
import { type Job, runJob } from "./place.ts";
import { SeatWitness } from "./public_holds.ts";

/** What the process is told at its start, as JSON in {@link SETTINGS_VARIABLE}. */
export interface SecondProcessSettings {
  stores: WorldStores;
  /** Of the process that drives this one: `/meet/{side}`, and `/alive`, which answers as long as it lives. */
  origin: string;
  seed: number;
  nowMs: number;
}

export const SETTINGS_VARIABLE = "RACE_SETTINGS";
/** Headers by which the driver tells its time, and the contender that calls. */
export const NOW_HEADER = "X-Race-Now";
export const SIDE_HEADER = "X-Race-Side";

async function main(): Promise<void> {
  const { stores, origin, seed, nowMs }: SecondProcessSettings = JSON.parse(
    Deno.env.get(SETTINGS_VARIABLE) ?? "",
  );
  const random = randomFrom(seed);
  const witness = new SeatWitness();
  const side = new AsyncLocalStorage<string | null>();
  const meeting = <Seam extends object>(seam: Seam) => meetingSeam(seam, { side, origin });
  const contended = <Seam extends object>(seam: Seam) => meeting(jittered(seam, random));
  // The time of the other process: what is due to the one is due to the other.
  const clock = new ManualClock(new Date(nowMs));
  const world = await joinWorld(stores, {
    clock,
    adapt: ({ seats, store, waitlistStore, outboxStore, holds }) => ({
      seats: contended(witness.watch(seats)),
      store: contended(store),
      waitlistStore: contended(waitlistStore),
      outboxStore: contended(outboxStore),
      holds: contended(holds),
    }),
  });

  async function answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const [, target, ...rest] = pathname.split("/");
    switch (target) {
      case "booking":
      case "event": {
        const url = `http://${target}/${rest.join("/")}${search}`;
        const app = target === "booking" ? world.app : world.eventService.app;
        return await app.fetch(new Request(url, request), {});
      }
      case "run":
        await runJob(world, await request.json() as Job);
        return new Response(null, { status: 204 });
      case "witnessed":
        return Response.json(witness.takeNotes());
      default:
        return new Response(null, { status: 404 });
    }
  }

  const server = Deno.serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      onListen: ({ port }) => Deno.stdout.writeSync(new TextEncoder().encode(listening(port))),
    },
    (request) => {
      const now = new Date(Number(request.headers.get(NOW_HEADER)));
      if (now > clock.now()) clock.set(now);
      return side.run(request.headers.get(SIDE_HEADER), () => answer(request));
    },
  );
  // Ends with the process that drives it, however that one ends.
  await fetch(`${origin}/alive`).then((response) => response.text()).catch(() => {});
  await server.shutdown();
  await world[Symbol.asyncDispose]();
}

/** The line that `startProgram()` waits for. */
function listening(port: number): string {
  return `${JSON.stringify({ message: "listening", port })}\n`;
}

/** Wraps a seam: each call by one of the contenders waits for the other one, in the process that knows both. */
function meetingSeam<Seam extends object>(
  seam: Seam,
  { side, origin }: { side: AsyncLocalStorage<string | null>; origin: string },
): Seam {
  return new Proxy(seam, {
    get(target, key) {
      const member = Reflect.get(target, key, target);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        const called = side.getStore();
        if (called) {
          const met = await fetch(`${origin}/meet/${called}`);
          await met.body?.cancel();
          assert.equal(met.status, 204);
        }
        return await Reflect.apply(member, target, args);
      };
    },
  });
}

if (import.meta.main) {
  await main();
  Deno.exit();
}

import assert from "node:assert/strict";
import { remoteBinding, type ServiceBinding } from "@evently/shared/services";
import { type Random, startProgram } from "@evently/shared/testing";
import { organiserAt } from "../../../services/booking/testing/organiser.ts";
import { type World } from "../../../services/booking/testing/world.ts";
import type { Meeting, Side } from "../bookings/meeting.ts";
import type { Place } from "./place.ts";
import type { SeatWitness } from "./public_holds.ts";
import {
  NOW_HEADER,
  type SecondProcessSettings,
  SETTINGS_VARIABLE,
  SIDE_HEADER,
} from "./second_process.ts";

const PROGRAM = new URL("./second_process.ts", import.meta.url);
const MAX_SEED = 2 ** 31;

/** A process of its own, which ends at the end of the scope. */
export interface RemotePlace extends Place, AsyncDisposable {
  /** Reads what its witness noted since the last time. */
  collect(witness: SeatWitness): Promise<void>;
}

/** Starts a process on the stores of a world. */
export async function startRemotePlace(
  world: World,
  { meeting, random }: { meeting: Meeting; random: Random },
): Promise<RemotePlace> {
  const { clock, context, stores, eventsDb } = world;
  const alive = Promise.withResolvers<Response>();
  const meetings = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const [, path, side] = new URL(request.url).pathname.split("/");
      if (path === "alive") return await alive.promise;
      await meeting.waitAs(Number(side) as Side);
      return new Response(null, { status: 204 });
    },
  );
  const settings: SecondProcessSettings = {
    stores,
    origin: `http://127.0.0.1:${meetings.addr.port}`,
    seed: random.below(MAX_SEED),
    nowMs: clock.now().getTime(),
  };
  const program = startProgram(PROGRAM, { [SETTINGS_VARIABLE]: JSON.stringify(settings) });
  const origin = await program.listening();

  /** A service of the process, which is told the time and the contender. */
  function binding(service: "booking" | "event"): ServiceBinding {
    const remote = remoteBinding(service, `${origin}/${service}`);
    return {
      ...remote,
      fetch(request) {
        for (const [name, value] of Object.entries(told())) request.headers.set(name, value);
        return remote.fetch(request);
      },
    };
  }

  function told(): Record<string, string> {
    const { side } = meeting;
    return {
      [NOW_HEADER]: String(clock.now().getTime()),
      ...(side === undefined ? {} : { [SIDE_HEADER]: String(side) }),
    };
  }

  const booking = binding("booking");
  const { adminId } = stores;
  const { seatNews } = context;
  return {
    fetch: (request) => booking.fetch(request),
    organiser: organiserAt(binding("event"), { context, adminId, eventsDb, seatNews }),
    async run(job) {
      const body = JSON.stringify(job);
      const answer = await fetch(`${origin}/run`, { method: "POST", headers: told(), body });
      assert.equal(answer.status, 204, `${body}: ${await answer.text()}`);
    },
    isRemote: true,
    async collect(witness) {
      const answer = await fetch(`${origin}/witnessed`, { headers: told() });
      witness.addNotes(await answer.json());
    },
    async [Symbol.asyncDispose]() {
      alive.resolve(new Response());
      await program.ended;
      await meetings.shutdown();
    },
  };
}

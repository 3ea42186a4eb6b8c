import { assertPlaced } from "./distribution.ts";

Deno.test("events_db can be distributed by event", () => assertPlaced("events_db"));

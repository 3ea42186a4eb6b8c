import { assertPlaced } from "./distribution.ts";

Deno.test("bookings_db can be distributed by event", () => assertPlaced("bookings_db"));

import { newId } from "@evently/shared/ids";
import { createTestDatabase } from "@evently/shared/testing";
import { BookingTables } from "../../simulation/model/tables.ts";
import { WAITLIST_STORE_CASES } from "./cases.ts";
import { Line } from "./fixtures.ts";
import { modelStores, postgresStores } from "./stores.ts";

Deno.test("the PostgreSQL waitlist store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(WAITLIST_STORE_CASES)) {
    await t.step(name, async () => {
      await using database = await createTestDatabase("bookings_db");
      const stores = postgresStores(database.sql);
      await run(stores, new Line(stores));
    });
  }
});

Deno.test("the model waitlist store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(WAITLIST_STORE_CASES)) {
    await t.step(name, async () => {
      const stores = modelStores(new BookingTables(newId));
      await run(stores, new Line(stores));
    });
  }
});

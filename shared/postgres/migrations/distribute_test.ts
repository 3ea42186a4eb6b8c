import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../../testing/database.ts";
import { distribute, DistributionError } from "./distribute.ts";

Deno.test("distribute() says that the server lacks the extension", async () => {
  await using database = await createEmptyTestDatabase();
  await assert.rejects(
    distribute(database.sql, { by_lane: [], on_every_server: [], on_first_server: [] }),
    (error) =>
      error instanceof DistributionError &&
      /^Cannot distribute as the (server does not have|database lacks) the extension citus/.test(
        error.message,
      ),
  );
});

import assert from "node:assert/strict";
import { DomainError, ERROR_CODES, hasCode, isErrorCode, Unavailable } from "./mod.ts";

Deno.test("DomainError takes its text from the catalogue", () => {
  assert.equal(new DomainError("BOOKING_NOT_FOUND").message, "Booking not found");
  assert.equal(
    new DomainError("TOO_MANY_TICKETS", { limit: 4, ofEvent: true }).message,
    "Maximum 4 tickets allowed per booking for this event",
  );
  assert.equal(new DomainError("NOT_ENOUGH_SEATS").message, "Not enough seats available");
});

Deno.test("DomainError carries details, fields, cause and the time of a retry", () => {
  const cause = new Error("the store is gone");
  const error = new DomainError("VALIDATION_FAILED", "name is required", {
    details: [{ path: "name", message: "name is required" }],
    fields: { hint: 1 },
    retryAfterS: 2,
    cause,
  });
  assert.deepEqual(error.details, [{ path: "name", message: "name is required" }]);
  assert.deepEqual([error.fields, error.retryAfterS, error.cause], [{ hint: 1 }, 2, cause]);
});

Deno.test("DomainError refuses codes and arguments outside the catalogue at compile time", () => {
  // @ts-expect-error -- no such code
  assert.throws(() => new DomainError("NO_SUCH_CODE"), TypeError);
  // @ts-expect-error -- its text needs a reason
  assert.equal(new DomainError("PAYMENT_DECLINED").code, "PAYMENT_DECLINED");
  // @ts-expect-error -- its text is fixed
  assert.equal(new DomainError("BOOKING_NOT_FOUND", "Other words").message, "Booking not found");
});

Deno.test("hasCode() tells domain errors by their code", () => {
  const error: unknown = new Unavailable("Service temporarily unavailable");
  assert.ok(hasCode(error, "UNAVAILABLE"));
  assert.ok(!hasCode(error, "INTERNAL"));
  assert.ok(!hasCode(new Error("UNAVAILABLE"), "UNAVAILABLE"));
  assert.ok(isErrorCode("UNAVAILABLE") && !isErrorCode("toString"));
});

Deno.test("every code of the catalogue is thrown somewhere in the product", async () => {
  const root = new URL("../../", import.meta.url);
  const sources: string[] = [];
  for (const folder of ["services/", "shared/"]) {
    for await (const text of productTexts(new URL(folder, root))) sources.push(text);
  }
  const product = sources.join("\n");
  assert.deepEqual(ERROR_CODES.filter((code) => !product.includes(`"${code}"`)), []);
});

async function* productTexts(folder: URL): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory && name !== "testing") yield* productTexts(url);
    if (name.endsWith(".ts") && !name.endsWith("_test.ts")) yield await Deno.readTextFile(url);
  }
}

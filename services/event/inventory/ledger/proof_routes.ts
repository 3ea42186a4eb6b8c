import { createRoute } from "@hono/zod-openapi";
import { FreshCache } from "@evently/shared/cache";
import { createRoutes, errors, json } from "@evently/shared/http";
import type { EventDeps } from "../../deps.ts";
import { EventNotFound } from "../../errors.ts";
import { ProofResponse, toProofResponse } from "./wire.ts";
import { EventIdParams } from "../../events/params.ts";
import { findProof } from "./ledger_sql.ts";

const MAX_AGE_MS = 1_000;
const MAX_EVENTS = 1_000;

const proofRoute = createRoute({
  tags: ["Events"],
  method: "get",
  path: "/events/{id}/proof",
  summary: "Show how far an event's seat ledger is: enough to hold us to it later",
  request: { params: EventIdParams },
  responses: { 200: json(ProofResponse), ...errors(400, 404, 503) },
});

/** Anybody may ask, so the answer is at most a second old and a stampede costs one look-up. */
export function proofRoutes({ sql, clock }: Pick<EventDeps, "sql" | "clock">) {
  const proofs = new FreshCache<string, ProofResponse>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_EVENTS,
    clock,
    load: async (eventIds) => {
      const time = clock.now();
      const found = await Promise.all(eventIds.map((eventId) => findProof(sql, eventId)));
      const known = found.filter((proof) => proof !== undefined);
      return new Map(known.map((proof) => [proof.event_id, toProofResponse(proof, time)]));
    },
  });
  return createRoutes()
    .openapi(proofRoute, async (c) => {
      const proof = await proofs.get(c.req.valid("param").id);
      if (!proof) throw new EventNotFound();
      return c.json(proof, 200);
    });
}

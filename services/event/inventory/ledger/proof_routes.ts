import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { EventIdParams } from "../../events/fields.ts";
import { findProof } from "./ledger_sql.ts";
import { ProofResponse, toProofResponse } from "./wire.ts";

const MAX_AGE_MS = 1_000;
const MAX_EVENTS = 1_000;

const proofRoute = route({
  method: "get",
  path: "/events/{id}/proof",
  operationId: "getSeatProof",
  tags: ["Events"],
  summary: "Get the state of an event’s seat ledger",
  description: "The head of a hash chain. Keep it to check later that no entry was changed.",
  request: { params: EventIdParams },
  responses: { 200: json(ProofResponse), ...errors(400, 404, 503) },
});

/** The public proof. Concurrent requests for an event share one query. */
export function proofRoutes({ sql, clock }: { sql: Sql; clock: Clock }) {
  const proofs = new FreshCache<string, ProofResponse>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: MAX_EVENTS,
    clock,
    load: async (eventIds) => {
      const time = clock.now();
      const found = await Promise.all(eventIds.map((eventId) => findProof(sql, eventId)));
      const known = found.filter((proof) => proof !== undefined);
      return new Map(known.map((proof) => [proof.eventId, toProofResponse(proof, time)]));
    },
  });
  return createRoutes()
    .openapi(proofRoute, async (c) => {
      const proof = await proofs.get(c.req.valid("param").id);
      if (!proof) throw new DomainError("EVENT_NOT_FOUND", "public");
      return c.json(proof, 200);
    });
}

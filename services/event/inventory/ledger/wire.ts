import { z } from "@hono/zod-openapi";
import type { ProofRecord } from "./ledger_sql.ts";

const AccountsShape = {
  available: z.int(),
  held: z.int(),
  sold: z.int(),
  set_aside: z.int(),
};

export const AuditResponse = z.object({
  consistent: z.boolean(),
  /** How many entries the ledger has. */
  entries: z.int(),
  /** What the ledger's transfers add up to. */
  accounts: z.object(AccountsShape),
  /** SHA-256 of the last entry and, through it, of all before; hexadecimal. */
  head_hash: z.string(),
  discrepancies: z.array(z.object({
    kind: z.enum([
      "entry_altered",
      "entry_missing",
      "entry_unexpected",
      "entry_unbalanced",
      "inventory_differs",
      "allocation_differs",
    ]),
    seq: z.int().optional(),
    allocation_id: z.string().optional(),
    message: z.string(),
  })),
}).openapi("SeatAudit");

export const ProofResponse = z.object({
  event_id: z.string(),
  capacity: z.int(),
  /** The number of the ledger's last entry. */
  seq: z.int(),
  /** SHA-256 of that entry and, through it, of all before; hexadecimal. Empty where it is missing. */
  head_hash: z.string(),
  time: z.string(),
  /** Whether the counters are the balances of the ledger's last entry. */
  adds_up: z.boolean(),
  /** Where the organiser shows them. */
  counts: z.object(AccountsShape).optional(),
}).openapi("SeatProof");

export type ProofResponse = z.infer<typeof ProofResponse>;

/** @param time when the counters were read */
export function toProofResponse(proof: ProofRecord, time: Date): ProofResponse {
  const { event_id, capacity, seq, head_hash, adds_up } = proof;
  const { available, held, sold, set_aside } = proof;
  return {
    event_id,
    capacity,
    seq,
    head_hash: head_hash ?? "",
    time: time.toISOString(),
    adds_up,
    ...(proof.public_counts ? { counts: { available, held, sold, set_aside } } : {}),
  };
}

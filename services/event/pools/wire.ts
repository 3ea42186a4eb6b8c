/** The wire shapes of pools, and their mapping. */
import { z } from "@hono/zod-openapi";
import { idParam, requiredText } from "@evently/shared/http";
import { positive } from "../events/fields.ts";
import type { PoolRecord } from "./pools_sql.ts";

export const MAX_POOL_NAME_CHARS = 100;

const Name = requiredText("name", { max: MAX_POOL_NAME_CHARS });
const Capacity = positive("capacity");

export const PoolParams = z.object({
  id: idParam("Invalid event ID"),
  pool_id: idParam("Invalid pool ID"),
});

export const CreatePoolRequest = z.object({ name: Name, capacity: Capacity })
  .openapi("CreatePoolRequest");

/** Absent fields stay as they are. */
export const UpdatePoolRequest = z.object({ name: Name.optional(), capacity: Capacity.optional() })
  .openapi("UpdatePoolRequest");

export const PoolResponse = z.object({
  /** Of the house: the event's id. */
  pool_id: z.string(),
  name: z.string(),
  capacity: z.int(),
  /** Seats that the public can take. */
  available: z.int(),
  held: z.int(),
  sold: z.int(),
  /** Freed while a waitlist is open. */
  set_aside: z.int(),
}).openapi("Pool");

export const PoolListResponse = z.object({ pools: z.array(PoolResponse) }).openapi("PoolList");

export type PoolResponse = z.infer<typeof PoolResponse>;

export function toPoolResponse(
  { poolId, name, capacity, available, held, sold, setAside }: PoolRecord,
): PoolResponse {
  return { pool_id: poolId, name, capacity, available, held, sold, set_aside: setAside };
}

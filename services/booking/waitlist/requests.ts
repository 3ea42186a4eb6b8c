import { z } from "@hono/zod-openapi";
import { invalidInput } from "@evently/shared/errors";
import { parseJson, requiredId } from "@evently/shared/http";
import { eventIdInQuery, ticketCount } from "../fields.ts";

const JOIN_REQUIRED = "event_id and quantity are required";
const EVENT_REQUIRED = "event_id is required";

/** The most ticket types that one may wait for at a time. */
export const MAX_WAITED_TYPES = 10;
const TYPES_RANGE = `ticket_type_ids must have 1 to ${MAX_WAITED_TYPES} items`;

const TicketTypeIds = z.array(
  z.guid({ error: ({ path = [] }) => `ticket_type_ids[${String(path.at(-1))}] must be a UUID` })
    .transform((id) => id.toLowerCase()),
  "ticket_type_ids must be a list",
).min(1, TYPES_RANGE).max(MAX_WAITED_TYPES, TYPES_RANGE);

/** `POST /waitlist/join`: types in order of preference, each once. */
export const JoinRequest = z.object({
  event_id: requiredId("event_id", { required: JOIN_REQUIRED }),
  quantity: ticketCount("quantity", { required: JOIN_REQUIRED }),
  min_quantity: ticketCount("min_quantity").nullish(),
  fewer_welcome: z.boolean("fewer_welcome must be true or false").nullish().openapi({
    description:
      "Fewer tickets than `quantity` are welcome, too: the same as a `min_quantity` of 1",
  }),
  ticket_type_ids: TicketTypeIds.nullish().openapi({
    description: "In order of preference. Absent: the event's default type",
  }),
}).superRefine(({ quantity, min_quantity, fewer_welcome, ticket_type_ids }, c) => {
  const isGiven = typeof min_quantity === "number";
  if (isGiven && typeof fewer_welcome === "boolean") {
    const message = "fewer_welcome must not be sent with min_quantity: it stands for 1";
    c.addIssue({ code: "custom", path: ["fewer_welcome"], message });
  }
  if (isGiven && min_quantity > quantity) {
    const message = "min_quantity must be at most quantity";
    c.addIssue({ code: "custom", path: ["min_quantity"], message });
  }
  const types = ticket_type_ids ?? [];
  types.forEach((type, i) => {
    const first = types.indexOf(type);
    if (first === i) return;
    const message = `ticket_type_ids[${i}] must differ from ticket_type_ids[${first}]`;
    c.addIssue({ code: "custom", path: ["ticket_type_ids", i], message });
  });
}).openapi("JoinWaitlistRequest");

/** The wish of a valid request to join. */
export function toWish(
  { event_id, quantity, min_quantity, fewer_welcome, ticket_type_ids }: z.infer<typeof JoinRequest>,
) {
  return {
    eventId: event_id,
    quantity,
    minQuantity: min_quantity ?? (fewer_welcome ? 1 : quantity),
    ticketTypeIds: ticket_type_ids ?? undefined,
  };
}

/** `GET /waitlist/position` */
export const PositionQuery = z.object({
  event_id: eventIdInQuery({ required: EVENT_REQUIRED }),
});

/** `POST /waitlist/decline`, and the body of `DELETE /waitlist/leave` */
export const EventRequest = z.object({ event_id: requiredId("event_id") })
  .openapi("WaitlistEventRequest");

/** `PATCH /waitlist`: what is left out stays as it is. */
export const ChangeRequest = z.object({
  event_id: requiredId("event_id"),
  quantity: ticketCount("quantity").nullish(),
  min_quantity: ticketCount("min_quantity").nullish(),
}).openapi("ChangeWaitlistEntryRequest");

/** `DELETE /waitlist/leave`: the event may stand in the body instead. */
export const LeaveQuery = z.object({
  event_id: z.string("event_id must be given once")
    .refine((id) => id === "" || z.guid().safeParse(id).success, "Invalid event_id format")
    .transform((id) => id.toLowerCase() || undefined)
    .optional()
    .openapi({ format: "uuid" }),
});

/** The body of `DELETE /waitlist/leave`, for the OpenAPI document: {@link readEventId} reads it. */
export const LEAVE_BODY = {
  content: {
    "application/json": {
      schema: {
        type: "object" as const,
        properties: { event_id: { type: "string" as const, format: "uuid" as const } },
      },
    },
  },
};

/**
 * Reads the event that a request to leave names in its body or its query; if in both, they must agree. A `DELETE` may
 * have no body, even with a JSON content type.
 *
 * @throws {DomainError} `INVALID_JSON`, `VALIDATION_FAILED`
 */
export function readEventId(
  body: string,
  { event_id: inQuery }: z.infer<typeof LeaveQuery>,
): string {
  const inBody = eventIdOf(body, { isNeeded: inQuery === undefined });
  const eventId = inBody ?? inQuery;
  if (eventId === undefined) throw invalidInput("event_id", EVENT_REQUIRED);
  if (inQuery !== undefined && eventId !== inQuery) {
    throw invalidInput("event_id", "event_id must be the same in body and query");
  }
  return eventId;
}

function eventIdOf(body: string, { isNeeded }: { isNeeded: boolean }): string | undefined {
  if (body === "") return undefined;
  const schema = isNeeded ? EventRequest : EventRequest.partial();
  const { data, error } = schema.safeParse(parseJson(body));
  if (!error) return data.event_id;
  const { path, message } = error.issues[0]!;
  throw invalidInput(path.join("."), message);
}

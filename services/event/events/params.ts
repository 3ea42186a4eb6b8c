import { z } from "@hono/zod-openapi";
import { idParam } from "@evently/shared/http";

export const EventIdParams = z.object({ id: idParam("Invalid event ID") });
export const VenueIdParams = z.object({ id: idParam("Invalid venue ID") });

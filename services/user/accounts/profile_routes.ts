import { createRoute } from "@hono/zod-openapi";
import { requireUser, type UserVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, pageQuery } from "@evently/shared/http";
import { z } from "zod";
import type { UserDeps } from "../deps.ts";
import { CallerGone } from "../errors.ts";
import { UpdateProfileRequest } from "./requests.ts";
import { ProfileResponse, toProfileResponse } from "./responses.ts";
import { findUser, updateProfile } from "./users_sql.ts";
import { listBookings, UserBooking } from "../peers/list_bookings.ts";

const ABOUT_USERS = { tags: ["Profile"], security: [{ userToken: [] }] };

const profileRoute = createRoute({
  ...ABOUT_USERS,
  method: "get",
  path: "/users/profile",
  summary: "See one's own profile",
  responses: { 200: json(ProfileResponse), ...errors(401, 503) },
});

const updateProfileRoute = createRoute({
  ...ABOUT_USERS,
  method: "put",
  path: "/users/profile",
  summary: "Change one's own name or phone number",
  description: "Values that are stored already are no change: what GET answered can be sent back.",
  request: { body: jsonBody(UpdateProfileRequest) },
  responses: { 200: json(ProfileResponse), ...errors(400, 401, 413, 503) },
});

const bookingsRoute = createRoute({
  ...ABOUT_USERS,
  method: "get",
  path: "/users/bookings",
  summary: "List one's own bookings, newest first",
  request: { query: pageQuery({ limit: 10, maxLimit: 100 }) },
  responses: { 200: json(z.array(UserBooking)), ...errors(400, 401, 503) },
});

/** What users see and change of themselves. */
export function userRoutes(deps: UserDeps) {
  const app = createRoutes<UserVariables>();
  app.use("/users/*", requireUser(deps));
  return app
    .openapi(profileRoute, async (c) => {
      const user = await findUser(deps.sql, c.get("userId"));
      if (!user) throw new CallerGone();
      return c.json(toProfileResponse(user), 200);
    })
    .openapi(updateProfileRoute, async (c) => {
      const { name, phone_number } = c.req.valid("json");
      const userId = c.get("userId");
      const now = deps.clock.now();
      const user = await updateProfile(deps.sql, { user_id: userId, name, phone_number, now });
      if (!user) throw new CallerGone();
      return c.json(toProfileResponse(user), 200);
    })
    .openapi(bookingsRoute, async (c) => {
      const bookings = await listBookings(deps, {
        ...c.req.valid("query"),
        userId: c.get("userId"),
        authorization: c.req.header("Authorization")!,
        requestId: c.get("requestId"),
      });
      return c.json(bookings, 200);
    });
}

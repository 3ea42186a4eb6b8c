import { requestVerification, requireUser, type UserVariables } from "@evently/shared/auth";
import {
  choiceQuery,
  createRoutes,
  errors,
  json,
  jsonBody,
  pageQuery,
  route,
} from "@evently/shared/http";
import { z } from "zod";
import type { UserDeps } from "../deps.ts";
import { CallerGone } from "../errors.ts";
import { MessageResponse } from "../sessions/wire.ts";
import { ProfileResponse, toProfileResponse, UpdateProfileRequest } from "./wire.ts";
import { findUser, updateProfile } from "./users_sql.ts";
import { BOOKING_STATUSES, listBookings, UserBooking } from "../peers/list_bookings.ts";

const ABOUT_USERS = { tags: ["Profile"] as [string], security: [{ userToken: [] }] };

const profileRoute = route({
  ...ABOUT_USERS,
  method: "get",
  path: "/users/profile",
  operationId: "getProfile",
  tags: ["Accounts"],
  summary: "Get your profile",
  description: "The account of the access token.",
  responses: { 200: json(ProfileResponse), ...errors(401, 503) },
});

const updateProfileRoute = route({
  ...ABOUT_USERS,
  method: "put",
  path: "/users/profile",
  operationId: "updateProfile",
  tags: ["Accounts"],
  summary: "Update your name, phone number or language",
  description: "Absent fields stay as they are; an empty phone number is cleared. " +
    "The response of GET can be sent back unchanged.",
  request: { body: jsonBody(UpdateProfileRequest) },
  responses: { 200: json(ProfileResponse), ...errors(400, 401, 413, 503) },
});

const sendVerificationRoute = route({
  ...ABOUT_USERS,
  method: "post",
  path: "/auth/verify-email/send",
  operationId: "sendVerification",
  tags: ["Accounts"],
  summary: "Ask for a mail to verify your address",
  description: "Nothing is sent if it is verified already.",
  responses: { 202: json(MessageResponse), ...errors(401, 429, 503) },
});

const BookingsQuery = pageQuery({ limit: 10, maxLimit: 100 }).extend({
  status: choiceQuery("status", BOOKING_STATUSES),
});

const bookingsRoute = route({
  ...ABOUT_USERS,
  method: "get",
  path: "/users/bookings",
  operationId: "listBookings",
  tags: ["Accounts"],
  summary: "List your bookings, newest first",
  description:
    "A plain array, as clients of the former system expect. With `status`, those that have it now: `pending` lists the " +
    "holds that can still be paid.",
  request: { query: BookingsQuery },
  responses: { 200: json(z.array(UserBooking)), ...errors(400, 401, 503) },
});

/** Routes of the caller's own profile and bookings. */
export function userRoutes(deps: UserDeps) {
  const app = createRoutes<UserVariables>();
  app.use("/users/*", requireUser(deps));
  app.use("/auth/verify-email/send", requireUser(deps));
  return app
    .openapi(profileRoute, async (c) => {
      const user = await findUser(deps.sql, c.get("userId"));
      if (!user) throw new CallerGone();
      return c.json(toProfileResponse(user), 200);
    })
    .openapi(updateProfileRoute, async (c) => {
      const { name, phone_number: phoneNumber, language } = c.req.valid("json");
      const userId = c.get("userId");
      const now = deps.clock.now();
      const user = await updateProfile(deps.sql, { userId, name, phoneNumber, language, now });
      if (!user) throw new CallerGone();
      return c.json(toProfileResponse(user), 200);
    })
    .openapi(sendVerificationRoute, async (c) => {
      const accountId = c.get("userId");
      await deps.limits.limitMails(accountId);
      await requestVerification(deps.sql, { accountId, now: deps.clock.now() });
      deps.accountMails.nudge();
      return c.json({ message: "A mail is on its way" }, 202);
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

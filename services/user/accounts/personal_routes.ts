import { noStore, requireUser, toWrongPassword, type UserVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { z } from "zod";
import type { UserDeps } from "../deps.ts";
import { CallerGone } from "../errors.ts";
import { UserBooking } from "../peers/list_bookings.ts";
import { Waitlist } from "../peers/people.ts";
import { MessageResponse } from "../sessions/wire.ts";
import { closeAccount } from "./close_account.ts";
import { exportAccount } from "./export_account.ts";
import { findUser } from "./users_sql.ts";
import { CloseAccountRequest, ProfileResponse, toProfileResponse } from "./wire.ts";

const ABOUT_USERS = { tags: ["Accounts"] as [string], security: [{ userToken: [] }] };

const ExportResponse = z.object({
  exported_at: z.iso.datetime(),
  profile: ProfileResponse,
  bookings: z.array(UserBooking),
  waitlists: z.array(Waitlist),
});

const exportRoute = route({
  ...ABOUT_USERS,
  method: "get",
  path: "/users/export",
  operationId: "exportAccount",
  summary: "Download all that we have of you",
  description:
    "A file of JSON: the profile, every booking with its payment and refunds, and waitlists.",
  middleware: noStore(),
  responses: { 200: json(ExportResponse), ...errors(401, 503) },
});

const closeRoute = route({
  ...ABOUT_USERS,
  method: "delete",
  path: "/users/account",
  operationId: "closeAccount",
  summary: "Delete your account",
  description:
    "Asks for the password again. Name, address and phone number are gone at once, as are all sessions. Holds and places " +
    "in line are given up. With paid tickets of events to come it is 409, unless `give_up_tickets` is true: then they are " +
    "cancelled by the terms of their sale. Payments and bookings that were paid are kept without a name.",
  request: { body: jsonBody(CloseAccountRequest) },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 409, 413, 429, 503) },
});

/** Routes of the caller's data as a whole: the copy and the end of it. */
export function personalRoutes(deps: UserDeps) {
  const app = createRoutes<UserVariables>();
  app.use("/users/export", requireUser(deps));
  app.use("/users/account", requireUser(deps));
  return app
    .openapi(exportRoute, async (c) => {
      const { user, bookings, waitlists } = await exportAccount(deps, {
        userId: c.get("userId"),
        authorization: c.req.header("Authorization")!,
        requestId: c.get("requestId"),
      });
      c.header("Content-Disposition", 'attachment; filename="evently.json"');
      return c.json({
        exported_at: deps.clock.now().toISOString(),
        profile: toProfileResponse(user),
        bookings,
        waitlists,
      }, 200);
    })
    .openapi(closeRoute, async (c) => {
      const { password, give_up_tickets: giveUpTickets = false } = c.req.valid("json");
      const userId = c.get("userId");
      const user = await findUser(deps.sql, userId);
      if (!user) throw new CallerGone();
      const credentials = { email: user.email, password };
      await deps.limits.limitGuesses(
        c,
        credentials,
        () => closeAccount(deps, { userId, password, giveUpTickets }),
      ).catch(toWrongPassword);
      return c.json({ message: "Your account is deleted" }, 200);
    });
}

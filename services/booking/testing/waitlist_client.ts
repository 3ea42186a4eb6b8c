import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, type TestContext } from "@evently/shared/testing";
import type { createBookingApp } from "../app.ts";

/** What a request to the waitlist sends; without a user it has no token. */
export interface WaitlistRequest {
  userId?: string | undefined;
  body?: unknown;
}

/** The response to a request. */
export type Answered = Awaited<ReturnType<typeof readAnswer>>;

/** Client of the waitlist's routes, whose paths begin after `/waitlist`. */
export interface WaitlistClient {
  send(method: string, path: string, request?: WaitlistRequest): Promise<Answered>;
  /** Sends a request that must be answered with 200; returns the body. */
  ask(method: string, path: string, request?: WaitlistRequest): Promise<Answered["body"]>;
  /** Asserts that a request is refused with this status and text. */
  assertRefused(
    refusal: readonly [status: number, error: string],
    method: string,
    path: string,
    request?: WaitlistRequest,
  ): Promise<void>;
  /** Joins, by default for one ticket and as a new user. */
  join(
    eventId: string,
    fields?: Record<string, unknown>,
    userId?: string,
  ): Promise<Answered["body"]>;
  position(eventId: string, userId: string): Promise<Answered["body"]>;
}

/** Requests to the waitlist's routes of an app. */
export function waitlistClient(
  app: ReturnType<typeof createBookingApp>,
  { tokens }: TestContext,
): WaitlistClient {
  const client: WaitlistClient = {
    async send(method, path, { userId, body } = {}) {
      const token = userId && await tokens.issueForUser(userId);
      const url = `http://booking.test/api/v1/waitlist${path}`;
      return await readAnswer(app.request(jsonRequest(method, url, { token, body })));
    },
    async ask(...request) {
      const { status, body } = await client.send(...request);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },
    async assertRefused(refusal, ...request) {
      const { status, body } = await client.send(...request);
      assert.deepEqual([status, body.error], refusal, JSON.stringify(request));
    },
    join: (eventId, fields = {}, userId = newId()) =>
      client.ask("POST", "/join", { userId, body: { event_id: eventId, quantity: 1, ...fields } }),
    position: (eventId, userId) => client.ask("GET", `/position?event_id=${eventId}`, { userId }),
  };
  return client;
}

import { requireUser, type UserVariables } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, opaqueText, route } from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import type { BookingDeps } from "../deps.ts";
import { BANK_ANSWERS, type MockBank } from "./mock_bank.ts";

const MAX_SECRET_CHARS = 200;

const AnswerRequest = z.object({
  client_secret: opaqueText("client_secret", { max: MAX_SECRET_CHARS }),
  answer: z.enum(BANK_ANSWERS, `answer must be one of ${BANK_ANSWERS.join(", ")}`),
}).openapi("MockBankAnswerRequest");

const AnswerResponse = z.object({ message: z.enum(["Payment approved", "Payment refused"]) })
  .openapi("MockBankAnswer");

const answerRoute = route({
  tags: ["Bookings"] as [string],
  security: [{ userToken: [] }],
  method: "post",
  path: "/payments/mock/answer",
  operationId: "answerMockBank",
  summary: "Answer the bank of the mock provider",
  description:
    "For a payment that waits for its buyer: with the `client_secret` of `next_action`. Then the client confirms again " +
    "with the same token. The first answer counts, and is what is answered. Exists with the mock provider only.",
  request: { body: jsonBody(AnswerRequest) },
  responses: { 200: json(AnswerResponse), ...errors(400, 401, 404, 503) },
});

/** The part of a provider's script: buyers tell the mock's bank whether they approve of a payment. */
export function mockPaymentRoutes(
  { tokens, bank }: Pick<BookingDeps, "tokens"> & { bank: Pick<MockBank, "answer"> },
) {
  const app = createRoutes<UserVariables>();
  app.use("/payments/mock/*", requireUser({ tokens }));
  return app.openapi(answerRoute, async (c) => {
    const { client_secret, answer } = c.req.valid("json");
    const kept = await bank.answer(client_secret, answer);
    if (kept === undefined) throw new DomainError("PAYMENT_NOT_FOUND");
    const message = kept === "approve" ? "Payment approved" : "Payment refused";
    return c.json({ message } as const, 200);
  });
}

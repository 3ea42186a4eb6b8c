import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { boundedProvider } from "./bounded.ts";
import type { PaymentProvider, PaymentReference } from "./provider.ts";

const LIMIT_MS = 100;
const LONG_MS = 3_600_000;

/** A provider whose calls of `void` are answered by the test. */
function slowProvider(): { provider: PaymentProvider; answers: PromiseWithResolvers<void>[] } {
  const answers: PromiseWithResolvers<void>[] = [];
  const provider = new RecordingProvider();
  provider.void = () => {
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    return answer.promise;
  };
  return { provider, answers };
}

function reference(paymentId: string): PaymentReference {
  return { paymentId, amountMinor: 100, currency: "INR" };
}

Deno.test("a bounded provider gives up each call that is not answered in time", async () => {
  const { provider, answers } = slowProvider();
  const bounded = boundedProvider(provider, LIMIT_MS);
  const sooner = boundedProvider(provider, LIMIT_MS / 2);
  const last = boundedProvider(provider, LIMIT_MS * 4);
  const givenUp: string[] = [];
  async function isGivenUp({ void: call }: PaymentProvider, paymentId: string): Promise<void> {
    await assert.rejects(call(reference(paymentId)), Unavailable);
    givenUp.push(paymentId);
  }
  const end = isGivenUp(last, "last");
  const pending = [isGivenUp(bounded, "first")];
  const answered = bounded.void(reference("answered"));
  answers.at(-1)!.resolve();
  await answered;
  await isGivenUp(sooner, "sooner");
  pending.push(isGivenUp(bounded, "second"));
  await end;
  assert.deepEqual(givenUp, ["sooner", "first", "second", "last"]);
  await Promise.all(pending);
});

Deno.test("a bounded provider passes on answers and failures, and leaves no timer", async () => {
  const { provider, answers } = slowProvider();
  const bounded = boundedProvider(provider, LONG_MS);
  const [paid, failed] = ["1", "2"].map((paymentId) => bounded.void(reference(paymentId)));
  answers[0]!.resolve();
  answers[1]!.reject(new Error("refused"));
  await paid;
  await assert.rejects(failed!, { message: "refused" });
  assert.equal(bounded.name, provider.name);
});

import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import type { Attempt, LeasedDelivery } from "./deliveries_sql.ts";
import { readEndpoint } from "./endpoint.ts";
import type { PostWebhook, WebhookAnswer } from "./post_webhook.ts";
import { type ResolveDeps, resolveEndpoint } from "./resolve_endpoint.ts";
import { nextAttemptAt } from "./retries.ts";
import type { SecretBox } from "./secret_box.ts";
import { signedHeaders } from "./signature.ts";
import { PING } from "./topics.ts";

const GONE = 410;
const MAX_ERROR_CHARS = 200;

export interface AttemptDeps extends ResolveDeps {
  clock: Clock;
  log: Logger;
  secrets: Pick<SecretBox, "open">;
  post: PostWebhook;
}

type Outcome = { answer: WebhookAnswer } | { error: string };

/**
 * Sends a delivery once. Never rejects: what goes wrong is the outcome. Only an answer of 2xx delivers; 410 is final, as
 * is the last attempt; a ping has one attempt.
 */
export async function attemptDelivery(
  deps: AttemptDeps,
  delivery: LeasedDelivery,
): Promise<Attempt> {
  const startMs = performance.now();
  const outcome: Outcome = await send(deps, delivery).then(
    (answer) => ({ answer }),
    (error) => ({ error: errorText(error) }),
  );
  const durationMs = Math.round(performance.now() - startMs);
  const answer = "answer" in outcome ? outcome.answer : undefined;
  const { deliveryId, webhookId, eventId, attempts, topic } = delivery;
  const now = deps.clock.now();
  const isDelivered = answer !== undefined && answer.status >= 200 && answer.status < 300;
  const isGone = answer?.status === GONE;
  const next = isDelivered || isGone || topic === PING
    ? undefined
    : nextAttemptAt(attempts, { now, random: Math.random() });
  return {
    deliveryId,
    webhookId,
    eventId,
    attempts,
    status: isDelivered ? "delivered" : next ? "pending" : "failed",
    dueAt: next ?? now,
    isGone,
    answerStatus: answer?.status ?? null,
    answerStart: answer?.start ?? null,
    error: "error" in outcome ? outcome.error : isDelivered ? null : explain(outcome.answer.status),
    durationMs,
  };
}

/** The name is looked up anew for each attempt, and one of the addresses that were checked is connected to. */
async function send(deps: AttemptDeps, delivery: LeasedDelivery): Promise<WebhookAnswer> {
  const { deliveryId: id, body, attempts } = delivery;
  const endpoint = readEndpoint(delivery.url, deps);
  const addresses = await resolveEndpoint(deps, endpoint);
  const address = addresses[(attempts - 1) % addresses.length]!;
  const now = deps.clock.now();
  const headers = signedHeaders({ id, body }, { keys: openKeys(deps, delivery, now), now });
  return await deps.post({ endpoint, address, headers, body });
}

/** The keys that sign now, the newest first. */
function openKeys(
  { secrets, log }: AttemptDeps,
  { webhookId, secret, previousSecret, previousSecretUntil }: LeasedDelivery,
  now: Date,
): Uint8Array[] {
  const isBoth = previousSecret !== null && previousSecretUntil !== null &&
    now < previousSecretUntil;
  const sealed = isBoth ? [secret, previousSecret] : [secret];
  try {
    return sealed.map((key) => secrets.open(webhookId, key));
  } catch (error) {
    log.error("webhooks: a secret cannot be opened", { webhook_id: webhookId, error });
    throw new Error("the signing secret cannot be read: rotate it");
  }
}

function explain(status: number): string {
  return status >= 300 && status < 400
    ? `answered with status ${status}: redirects are not followed`
    : `answered with status ${status}`;
}

/** The text of a failed connection, as the owner of the endpoint may read it. */
function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll("\0", "").slice(0, MAX_ERROR_CHARS);
}

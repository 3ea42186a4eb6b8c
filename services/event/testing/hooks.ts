import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";
import { within } from "@evently/shared/within";
import { Webhook } from "standardwebhooks";
import type { WebhookNetwork } from "../open.ts";
import { postWebhook } from "../webhooks/post_webhook.ts";
import { SecretBox } from "../webhooks/secret_box.ts";
import { tellSoldOut } from "../webhooks/tell_sold_out.ts";
import { WebhookDeliveries } from "../webhooks/webhook_deliveries.ts";
import { type Actor, createEventWorld, type EventWorld, type Json } from "./world.ts";

/** Longer than any request takes to come. */
const WAIT_LIMIT_MS = 10_000;
const unavailable = () => new Response(null, { status: 503 });

/** A request that the receiver got. */
export interface ReceivedHook {
  path: string;
  headers: Record<string, string>;
  /** As it was sent. */
  text: string;
  body: Json;
}

/** Whether a library for Standard Webhooks takes a message for one that was signed with this secret. */
export function isSignedBy(secret: string, { text, headers }: ReceivedHook): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}

/** A server on this machine that takes webhooks. */
export class HookReceiver implements AsyncDisposable {
  readonly received: ReceivedHook[] = [];
  /** Answers a request; 204 unless a test replaces it. */
  answer: (hook: ReceivedHook) => Response | Promise<Response> = () =>
    new Response(null, { status: 204 });
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closing = Promise.withResolvers<void>();
  #onReceived: () => void = () => {};

  /** @param port a free one unless given */
  constructor({ port = 0 }: { port?: number } = {}) {
    const options = { hostname: "127.0.0.1", port, onListen: () => {} };
    this.#server = Deno.serve(options, async (request) => {
      const text = await request.text();
      const hook = {
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        text,
        body: JSON.parse(text),
      };
      this.received.push(hook);
      this.#onReceived();
      return await Promise.race([this.answer(hook), this.#closing.promise.then(unavailable)]);
    });
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /** The address of an endpoint. */
  url(path = "/hook"): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** The requests for an endpoint. */
  at(path: string): ReceivedHook[] {
    return this.received.filter((hook) => hook.path === path);
  }

  /** Resolves once so many requests have come to an endpoint; the test fails if they do not. */
  async whenReceived(path: string, count: number): Promise<void> {
    await within(
      WAIT_LIMIT_MS,
      this.#untilReceived(path, count),
      () => assert.fail(`${this.at(path).length} of ${count} requests have come to ${path}`),
    );
  }

  async #untilReceived(path: string, count: number): Promise<void> {
    while (this.at(path).length < count) {
      await new Promise<void>((resolve) => this.#onReceived = resolve);
    }
  }

  /** Answers what a test still holds, and listens no more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.resolve();
    await this.#server.shutdown();
  }
}

/** A world whose webhooks are on this machine, and what receives them. */
export interface HookWorld extends EventWorld {
  receiver: HookReceiver;
  /** What sends webhooks in the one process of this world. */
  deliveries: WebhookDeliveries;
  /** Opens what sends webhooks in another process. */
  anotherSender(
    network?: Partial<WebhookNetwork>,
    sql?: Pool,
    secrets?: SecretBox,
  ): WebhookDeliveries;
  /** Creates a webhook; returns the answer, with its secret. */
  hook(owner: Actor, fields?: Record<string, unknown>): Promise<Json>;
  /** A token of an organiser that is valid now, however far the clock was moved. */
  tokenOf(owner: Actor): Promise<string>;
  /** Sends what is due and waits for the answers. */
  deliver(): Promise<void>;
  /** Tells which events sold out, as the worker does. */
  tellSoldOut(): Promise<void>;
  /** Sends a fact as the booking service does. */
  fact(fact: Record<string, unknown>): Promise<Json>;
  /** The log of a webhook, the newest first. */
  log(owner: Actor, webhookId: string): Promise<Json[]>;
}

const REAL: WebhookNetwork = { post: postWebhook, resolveName: () => Promise.resolve([]) };

/** Opens the service with webhooks on this machine allowed. */
export async function createHookWorld(
  network: Partial<WebhookNetwork> = {},
): Promise<HookWorld> {
  const used = { ...REAL, ...network };
  const world = await createEventWorld({ webhooks: { allowLoopback: true } }, used);
  const receiver = new HookReceiver();
  const { context: { refreshTokenRules, log }, clock } = world;
  const box = new SecretBox(refreshTokenRules.secrets);
  const anotherSender = (
    replaced: Partial<WebhookNetwork> = {},
    sql = world.sql,
    secrets = box,
  ) =>
    new WebhookDeliveries({
      sql,
      clock,
      log,
      secrets,
      allowLoopback: true,
      ...used,
      ...replaced,
    });
  const deliveries = anotherSender();
  const tokenOf = ({ admin_id: adminId }: Actor) =>
    world.context.tokens.issueForAdmin({ adminId, role: "event_manager", permissions: "{}" });
  return {
    ...world,
    receiver,
    deliveries,
    anotherSender,
    async hook({ token }, fields = {}) {
      const body = { url: receiver.url(), topics: ["event.changed"], ...fields };
      const answer = await world.send("POST", "/admin/webhooks", { token, body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    },
    tokenOf,
    async deliver() {
      await deliveries.pass();
      await deliveries.settled();
    },
    async tellSoldOut() {
      await tellSoldOut({ sql: world.sql, clock, webhooks: { nudge: () => {} } });
    },
    async fact(fact) {
      const answer = await world.internal("POST", "/webhooks/facts", { facts: [fact] });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body;
    },
    async log(owner, webhookId) {
      const token = await tokenOf(owner);
      const answer = await world.send("GET", `/admin/webhooks/${webhookId}/deliveries`, { token });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.deliveries;
    },
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

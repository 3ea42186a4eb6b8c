/**
 * A stand-in for Stripe: payments with their states, idempotency, refunds and signed webhooks, in memory, behind the
 * HTTP API that Stripe's library calls. It can be slow, down and lying, by a seed. What of Stripe it knows, it knows
 * from Stripe's documentation.
 */
import { type Random, randomFrom } from "@evently/shared/testing";
import { type ApiAnswer, ApiRefusal, invalidRequest, missing } from "./answers.ts";
import { type Behaviour, CALM, happens, pauseUpTo } from "./behaviour.ts";
import { type Form, readForm, textAt } from "./form.ts";
import { IdempotencyKeys } from "./idempotency.ts";
import { Ledger } from "./ledger.ts";
import { Webhooks } from "./webhooks.ts";

export const SECRET_KEY = "sk_test_fakeSecretKeyOfTheTests";
export const PUBLISHABLE_KEY = "pk_test_fakePublishableKeyOfTheTests";
export const WEBHOOK_SECRET = "whsec_fakeWebhookSecretOfTheTests";

/** A request as its handler sees it. */
interface Call {
  method: string;
  /** Parts of the path after `/v1/`. */
  path: string[];
  form: Form;
  /** Whether it comes of a browser, which has the publishable key. */
  isPublic: boolean;
}

/** Where a platform at this port of the machine takes the webhooks. */
export function webhookUrl(port: number): string {
  return `http://127.0.0.1:${port}/api/booking/payments/webhooks/stripe`;
}

export class FakeStripe implements AsyncDisposable {
  readonly ledger: Ledger;
  readonly webhooks: Webhooks;
  behaviour: Behaviour = CALM;
  /** Requests that were taken up, such as `POST payment_intents/confirm`. */
  readonly calls: string[] = [];
  /** The next request of this kind fails for good: Stripe keeps its 500 under the request's key. */
  failNext: string | undefined;
  readonly #keys = new IdempotencyKeys();
  readonly #random: Random;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #ids = 0;

  constructor({ seed = 1 }: { seed?: number } = {}) {
    this.#random = randomFrom(seed);
    this.webhooks = new Webhooks({ secret: WEBHOOK_SECRET, random: this.#random });
    this.ledger = new Ledger({
      newId: (prefix) => `${prefix}_fake${++this.#ids}`,
      tell: (type, object) => {
        const id = `evt_fake${++this.#ids}`;
        const event = { id, object: "event", type, livemode: false, data: { object } };
        this.webhooks.tell({ id, type, body: JSON.stringify(event) });
      },
    });
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#answer(request),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Variables that lead a platform here. */
  get variables(): Record<string, string> {
    return {
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: this.url,
    };
  }

  /** Forgets idempotency keys, as Stripe does after a day. */
  forgetKeys(): void {
    this.#keys.forget();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.webhooks.close();
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const { delayMs, down, lostAnswers } = this.behaviour;
    const body = await request.text();
    await pauseUpTo(delayMs, this.#random);
    if (happens(down, this.#random)) return this.#downAnswer();
    const answer = await this.#handled(request, body);
    await pauseUpTo(delayMs, this.#random);
    return happens(lostAnswers, this.#random) ? this.#lostAnswer() : answer;
  }

  async #handled(request: Request, body: string): Promise<Response> {
    try {
      const call = callOf(request, body);
      const kind = kindOf(call);
      this.calls.push(kind);
      const key = request.headers.get("Idempotency-Key");
      const { status, body: json, replayed } = await this.#keys.run(
        request.method === "POST" ? key : null,
        `${request.method} ${new URL(request.url).pathname} ${body}`,
        () => Promise.resolve(this.#act(call, kind)),
        isKept,
      );
      return Response.json(json, {
        status,
        headers: {
          "Request-Id": `req_fake${++this.#ids}`,
          ...(replayed ? { "Idempotent-Replayed": "true" } : {}),
          ...CORS,
        },
      });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      return Response.json(error.answer.body, { status: error.answer.status, headers: CORS });
    }
  }

  #act(call: Call, kind: string): ApiAnswer {
    if (this.failNext === kind) {
      this.failNext = undefined;
      return { status: 500, body: { error: { type: "api_error", message: "It failed." } } };
    }
    try {
      return { status: 200, body: this.#handle(call) };
    } catch (error) {
      if (error instanceof ApiRefusal) return error.answer;
      throw error;
    }
  }

  #handle({ method, path, form, isPublic }: Call): unknown {
    const [kind, id = "", verb] = path;
    if (isPublic) return this.#handlePublic(kind, id, form);
    const older = happens(this.behaviour.older, this.#random);
    switch (`${method} ${kind}${verb ? `/${verb}` : ""}`) {
      case "POST payment_intents":
        return this.#create(form);
      case "GET payment_intents":
        if (id === "search") return this.#search(textAt(form, "query") ?? "");
        return textAt(form, "expand", "0") === "latest_charge"
          ? this.ledger.readExpanded(id, { older })
          : this.ledger.read(id, { older });
      case "POST payment_intents/confirm":
        return this.ledger.confirm(id, {
          ...optional("method", textAt(form, "payment_method")),
          ...optional("confirmationToken", textAt(form, "confirmation_token")),
          ...optional("returnUrl", textAt(form, "return_url")),
        });
      case "POST payment_intents/capture":
        return this.ledger.capture(id);
      case "POST payment_intents/cancel":
        return this.ledger.cancel(id);
      case "POST refunds": {
        const amount = textAt(form, "amount");
        return this.ledger.refund({
          intentId: textAt(form, "payment_intent") ?? "",
          ...(amount === undefined ? {} : { amount: Number(amount) }),
          metadata: form.metadata as Record<string, string> ?? {},
        });
      }
      case "GET refunds":
        return list(this.ledger.refundsOf(textAt(form, "payment_intent") ?? ""));
      default:
        throw missing("route", `${method} ${path.join("/")}`);
    }
  }

  /** What Stripe's script in a browser asks for, by our stand-in of it. */
  #handlePublic(kind: string | undefined, id: string, form: Form): unknown {
    const secret = textAt(form, "client_secret") ?? "";
    switch (kind) {
      case "confirmation_tokens":
        return this.ledger.createConfirmationToken(textAt(form, "method") ?? "");
      case "payment_intents": {
        const intent = this.ledger.findBySecret(secret);
        if (!intent || intent.id !== id) throw missing("payment_intent", id);
        const answer = textAt(form, "answer");
        return answer === "approve" || answer === "refuse"
          ? this.ledger.answerBank(id, answer)
          : intent;
      }
      default:
        throw missing("route", kind ?? "");
    }
  }

  #create(form: Form) {
    return this.ledger.create({
      amount: Number(textAt(form, "amount")),
      currency: textAt(form, "currency") ?? "",
      metadata: form.metadata as Record<string, string> ?? {},
      manualCards: textAt(form, "payment_method_options", "card", "capture_method") === "manual",
    });
  }

  #search(query: string) {
    const paymentId = /^metadata\['payment_id'\]:'([^']+)'$/.exec(query)?.[1];
    if (paymentId === undefined) throw invalidRequest("The query cannot be read.");
    const found = this.ledger.all().filter(({ metadata }) => metadata.payment_id === paymentId);
    return list(found.map(({ id }) => this.ledger.readExpanded(id)));
  }

  #downAnswer(): Response {
    const isBusy = happens(0.3, this.#random);
    const error = isBusy
      ? { type: "invalid_request_error", code: "lock_timeout", message: "Another request has it." }
      : { type: "api_error", message: "It is down." };
    return Response.json({ error }, { status: isBusy ? 429 : 503 });
  }

  #lostAnswer(): Response {
    if (happens(0.5, this.#random)) return new Response("<h1>Bad Gateway</h1>", { status: 502 });
    return new Response('{"id": "pi_', { headers: { "Content-Type": "application/json" } });
  }
}

/** Stripe's API may be called by pages. */
const CORS = { "Access-Control-Allow-Origin": "*" };

/** Validation, conflicts and limits leave no trace under a key. */
function isKept({ status, body }: ApiAnswer): boolean {
  const { error } = body as { error?: { param?: string } };
  return status === 200 || status === 402 || status >= 500 || (status === 400 && !error?.param);
}

function callOf(request: Request, body: string): Call {
  const { pathname, search } = new URL(request.url);
  const key = request.headers.get("Authorization")?.replace(/^Bearer /, "");
  if (key !== SECRET_KEY && key !== PUBLISHABLE_KEY) {
    throw new ApiRefusal(401, { type: "invalid_request_error", message: "Invalid API Key" });
  }
  return {
    method: request.method,
    path: pathname.replace(/^\/v1\//, "").split("/"),
    form: readForm(request.method === "GET" ? search : body),
    isPublic: key === PUBLISHABLE_KEY,
  };
}

function kindOf({ method, path: [kind, id, verb] }: Call): string {
  if (id === "search") return `${method} ${kind}/search`;
  return `${method} ${kind}${verb ? `/${verb}` : ""}`;
}

function list(data: unknown[]) {
  return { object: "list", url: "", has_more: false, data };
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: string };
}

import { AccessTokens } from "../auth/mod.ts";
import { ManualClock } from "../clock.ts";
import { SERVICE_NAMES, type ServiceName } from "../config/mod.ts";
import type { Servable } from "../http/mod.ts";
import { type Logger, SILENT_LOGGER } from "../log.ts";
import { type Mail, mailLane } from "../mail/mod.ts";
import { GuardedRedis } from "../redis/mod.ts";
import {
  localBinding,
  SeatNews,
  type ServiceBindings,
  type ServiceContext,
} from "../services/mod.ts";
import { UrgentWork } from "../urgent_work.ts";
import { openTestRedis } from "./redis.ts";

/** API key that tests send to internal routes. */
export const TEST_INTERNAL_KEY = "test-internal-api-key";
const TEST_JWT_SECRET = "test-only-jwt-secret-0123456789abcdef";
const ACCESS_TOKEN_TTL_MS = 15 * 60_000;
const REFRESH_TOKEN_TTL_MS = 168 * 3_600_000;
const DEAD_LETTER_TTL_MS = 30 * 24 * 3_600_000;
const REFRESH_REUSE_GRACE_MS = 10_000;

/** A {@link ServiceContext} with a manual clock and the services that a test provides. */
export interface TestContext extends ServiceContext, AsyncDisposable {
  clock: ManualClock;
  /** Mails sent, oldest first. */
  mails: Mail[];
  /** Puts a service behind its binding; services that are not provided return 503. */
  provide(service: ServiceName, app: Servable, operations?: unknown): void;
}

/** Creates the context that the services of a suite share; it is closed at the end of its scope. */
export async function createTestContext(
  { clock = new ManualClock(), log = SILENT_LOGGER }: { clock?: ManualClock; log?: Logger } = {},
): Promise<TestContext> {
  const redis = await openTestRedis();
  const provided = new Map<ServiceName, { app: Servable; operations: unknown }>();
  const absent: Servable = { fetch: () => new Response("absent", { status: 503 }) };
  const bindings = Object.fromEntries(
    SERVICE_NAMES.map((name) => [
      name,
      localBinding(
        name,
        () => provided.get(name)?.app ?? absent,
        () => provided.get(name)?.operations,
      ),
    ]),
  ) as unknown as ServiceBindings;
  const mails: Mail[] = [];
  const urgent = new UrgentWork();
  return {
    log,
    clock,
    mails,
    mailTransport: {
      name: "test",
      send(mail) {
        mails.push(mail);
        return Promise.resolve();
      },
      close() {},
    },
    mailFrom: { name: "Evently", address: "tickets@evently.example" },
    publicUrl: "https://evently.example",
    deadLetterTtlMs: DEAD_LETTER_TTL_MS,
    corsOrigins: "any",
    tokens: new AccessTokens({ secrets: [TEST_JWT_SECRET], ttlMs: ACCESS_TOKEN_TTL_MS, clock }),
    internalApiKey: TEST_INTERNAL_KEY,
    internalApiKeys: [TEST_INTERNAL_KEY],
    refreshTokenRules: {
      ttlMs: REFRESH_TOKEN_TTL_MS,
      reuseGraceMs: REFRESH_REUSE_GRACE_MS,
      secrets: [TEST_JWT_SECRET],
    },
    redis: new GuardedRedis(redis.client, log),
    pingRedis: () => redis.ping(),
    bindings,
    urgent,
    mailLane: mailLane({ urgent }),
    seatNews: new SeatNews(),
    provide: (service, app, operations) => void provided.set(service, { app, operations }),
    [Symbol.asyncDispose]: () => redis.close(),
  };
}

import { z } from "zod";
import { isEmail } from "../auth/email.ts";
import {
  DEFAULT_PORTS,
  duration,
  environmentOf,
  type EnvReader,
  port,
  url,
} from "../config/mod.ts";
import { baseUrl } from "../config/values.ts";

/** Who mails are from. */
export interface MailFrom {
  name: string;
  address: string;
}

/** How mails leave this process. */
export type MailRoute =
  | { kind: "smtp"; url: string }
  | { kind: "api"; url: string; key: string }
  /** Development: kept in Redis and shown at `/dev/mail`. */
  | { kind: "mailbox" }
  /** Production without a transport: mails are not sent. */
  | { kind: "none" };

/** Settings of mails. */
export interface MailConfig {
  route: MailRoute;
  from: MailFrom;
  /** Base of the links in mails, without a trailing slash. */
  publicUrl: string;
  /** How long mails that were given up are kept, from when they were written. */
  deadLetterTtlMs: number;
}

const DEFAULT_FROM: MailFrom = { name: "Evently", address: "tickets@localhost" };
const DAY_MS = 24 * 3_600_000;
/** Attempts go on for a day, so a dead letter is kept longer than that. */
const DEAD_LETTERS = { defaultMs: 30 * DAY_MS, minMs: 2 * DAY_MS, maxMs: 366 * DAY_MS } as const;
const MAX_NAME_CHARS = 100;
const NAME_AND_ADDRESS = /^(?:"?([^"<>]*?)"?\s*)<([^<>]+)>$/;

/** Reads `SMTP_URL`, or `MAIL_API_URL` with `MAIL_API_KEY`, `MAIL_FROM` and `MAIL_DEAD_LETTER_DURATION`. */
export function mailSection(env: EnvReader): MailConfig {
  const route = routeOf(env);
  const isSent = route.kind === "smtp" || route.kind === "api";
  const isProduction = environmentOf(env) === "production";
  const from = env.read("MAIL_FROM", isSent ? mailFrom() : mailFrom().optional()) ?? DEFAULT_FROM;
  if (isSent && isProduction && !env.has("PUBLIC_URL")) {
    env.problem("PUBLIC_URL", "is required where mails are sent: their links begin with it");
  }
  const gatewayPort = env.read("GATEWAY_PORT", port(DEFAULT_PORTS.gateway));
  const publicUrl = env.read("PUBLIC_URL", baseUrl().optional()) ??
    `http://localhost:${gatewayPort}`;
  const { defaultMs, ...bounds } = DEAD_LETTERS;
  const deadLetterTtlMs = env.read("MAIL_DEAD_LETTER_DURATION", duration(defaultMs, bounds));
  return { route, from, publicUrl, deadLetterTtlMs };
}

function routeOf(env: EnvReader): MailRoute {
  const isApi = env.has("MAIL_API_URL") || env.has("MAIL_API_KEY");
  if (env.has("SMTP_URL")) {
    if (isApi) env.problem("SMTP_URL", "must not be set beside MAIL_API_URL or MAIL_API_KEY");
    return { kind: "smtp", url: env.read("SMTP_URL", url("smtp", "smtps")) };
  }
  if (isApi) {
    return {
      kind: "api",
      url: env.read("MAIL_API_URL", url("https", "http")),
      key: env.read("MAIL_API_KEY", apiKey()),
    };
  }
  return { kind: environmentOf(env) === "production" ? "none" : "mailbox" };
}

function apiKey(): z.ZodType<string> {
  return z.string().refine((text) => /^[\x21-\x7e]+$/.test(text), {
    message: "must have printable characters of ASCII only",
  });
}

/** Schema of `Evently <tickets@evently.example>`, or of the address alone. */
function mailFrom(): z.ZodType<MailFrom> {
  return z.string().transform((text, context) => {
    const [, name = "", inBrackets] = NAME_AND_ADDRESS.exec(text) ?? [];
    const address = inBrackets ?? text;
    // deno-lint-ignore no-control-regex -- a line break would begin a header of its own
    const isSane = !/[\u0000-\u001f\u007f]/.test(text) && name.length <= MAX_NAME_CHARS;
    if (isSane && isEmail(address)) return { name: name || DEFAULT_FROM.name, address };
    context.addIssue({
      code: "custom",
      message: "must be an address such as tickets@evently.example or " +
        `Evently <tickets@evently.example>: current value is ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  });
}

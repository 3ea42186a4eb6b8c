import { parseEnv } from "node:util";
import { CannotRun } from "@evently/shared/output";

/** Settings of `.env` that the commands need themselves. */
export interface Settings {
  /** Port of the front on this machine. */
  httpPort: number;
  /** Address of the platform for clients. */
  publicUrl: string;
  /** Compose files besides `docker-compose.yml`. */
  files: readonly string[];
}

const EXAMPLE = "deploy/env.example";
/** Adds the secrets of `SECRETS_DIRECTORY`. */
const SECRETS_FILE = "deploy/secrets.yml";
/** Secrets that must be set, and the least length of each. */
const SECRETS: Readonly<Record<string, number>> = {
  JWT_SECRET: 32,
  INTERNAL_API_KEY: 16,
  POSTGRES_PASSWORD: 1,
};
/** The password is part of an address. */
const URL_SAFE = /^[A-Za-z0-9._~-]*$/;
const DEFAULT_PORT = 80;
const SECRET_BYTES = 32;
const DEFAULT_MAIL_PORTS: Readonly<Record<string, number>> = {
  "smtp:": 587,
  "smtps:": 465,
  "http:": 80,
  "https:": 443,
};

/**
 * Reads the settings from `.env`; variables of `env` replace its lines, as Compose does it.
 *
 * @param text content of `.env`; `undefined` if there is no such file
 * @throws {CannotRun} names every mistake
 */
export function readSettings(
  text: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  if (text === undefined) {
    throw new CannotRun(
      `There is no .env. deno task deploy:full --new-env writes one with new secrets; or copy ${EXAMPLE} ` +
        "to .env and fill it in.",
    );
  }
  const values: Record<string, string | undefined> = { ...parseEnv(text), ...env };
  const inFiles = Boolean(values.SECRETS_DIRECTORY);
  const problems: string[] = [];
  for (const [name, length] of Object.entries(SECRETS)) {
    const value = values[name] ?? "";
    if (inFiles && value !== "") problems.push(`${name} must be empty as SECRETS_DIRECTORY has it`);
    if (inFiles) continue;
    if (value === "") problems.push(`${name} is required`);
    else if (value.length < length) {
      problems.push(`${name} must have at least ${length} characters`);
    }
  }
  if (!URL_SAFE.test(values.POSTGRES_PASSWORD ?? "")) {
    problems.push(
      "POSTGRES_PASSWORD may have letters, digits and . _ ~ - only, as it is in an address",
    );
  }
  const mailHost = mailHostOf(values.SMTP_URL || values.MAIL_API_URL || "");
  if (mailHost !== undefined && values.MAIL_HOST !== mailHost) {
    problems.push(`MAIL_HOST must be ${mailHost}, so that containers may send mails`);
  }
  const httpPort = Number(values.HTTP_PORT || DEFAULT_PORT);
  if (!Number.isInteger(httpPort) || httpPort < 1 || httpPort > 65_535) {
    problems.push("HTTP_PORT must be a port from 1 to 65535");
  }
  if (problems.length > 0) {
    throw new CannotRun(`.env cannot be used:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
  }
  const port = httpPort === DEFAULT_PORT ? "" : `:${httpPort}`;
  return {
    httpPort,
    publicUrl: values.PUBLIC_URL || `http://localhost${port}`,
    files: inFiles ? [SECRETS_FILE] : [],
  };
}

/** Host and port of a mail server or mail API; `undefined` if there is none. */
function mailHostOf(url: string): string | undefined {
  const { protocol, hostname, port } = URL.parse(url) ?? {};
  if (protocol === undefined) return undefined;
  return `${hostname}:${port || DEFAULT_MAIL_PORTS[protocol]}`;
}

/** Returns the example with new random secrets. */
export function newEnvironment(example: string): string {
  let text = example;
  for (const name of [...Object.keys(SECRETS), "WEBHOOK_SECRETS_KEY"]) {
    const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toHex();
    text = text.replace(new RegExp(`^${name}=$`, "m"), `${name}=${secret}`);
  }
  return text;
}

import { z } from "zod";
import { LOG_LEVELS, type LogLevel } from "../log.ts";
import { parseConnectionUrl, withCaCertificate } from "../postgres/connection_url.ts";
import {
  CA_VARIABLE,
  DATABASE_VARIABLES,
  type DatabaseName,
  onServer,
} from "../postgres/database_urls.ts";
import { redisAt } from "../redis/cluster_url.ts";
import type { RedisOptions } from "../redis/mod.ts";
import type { Secrets } from "../secrets.ts";
import type { EnvReader } from "./env_reader.ts";
import type { Section } from "./load_config.ts";
import {
  address,
  addressRanges,
  baseUrl,
  duration,
  isLoopback,
  MAX_PORT,
  oneOf,
  port,
  redisUrl,
  url,
  urlList,
  webOrigins,
  wholeNumber,
} from "./values.ts";

export type Environment = "development" | "production";

/** Reads `ENVIRONMENT`; defaults to production, which is stricter. */
export function environmentOf(env: EnvReader): Environment {
  return env.read("ENVIRONMENT", oneOf(["development", "production"]).optional()) ?? "production";
}

/** Names of the services, in the order used everywhere. */
export const SERVICE_NAMES = ["user", "event", "search", "booking"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Default ports of the services and the gateway. */
export const DEFAULT_PORTS = {
  user: 8001,
  event: 8002,
  search: 8003,
  booking: 8004,
  gateway: 8000,
};

/** Settings common to all processes. */
export interface ServerConfig {
  environment: Environment;
  logLevel: LogLevel;
  /** The address to listen on. */
  host: string;
  port: number;
  /** Where `/metrics` is for Prometheus; nowhere by default. */
  metricsPort: number | undefined;
  /** Whether log entries go to OpenTelemetry, too: by Deno's console, which it replaces then. */
  exportsLog: boolean;
  /** Origins that browsers may call from; `"any"` in development if none is configured. */
  corsOrigins: readonly string[] | "any";
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-*` headers are trusted. */
  trustedProxies: readonly string[];
  /** Time that requests and payments in progress get to finish after a stop signal. */
  stopGraceMs: number;
  /** Base URL of the platform for clients, without a trailing slash. */
  publicUrl: string | undefined;
}

/** Production: longer than a payment may take. Development: short, as every source change restarts the process. */
const DEFAULT_STOP_GRACE_MS: Record<Environment, number> = {
  development: 4_000,
  production: 15_000,
};
const MAX_STOP_GRACE_MS = 10 * 60_000;

/** Section of the server settings; `PORT` (set by hosting platforms) overrides the program's own port variable. */
export function serverSection(program: keyof typeof DEFAULT_PORTS): Section<ServerConfig> {
  const variable = program === "gateway" ? "GATEWAY_PORT" : `${program.toUpperCase()}_SERVICE_PORT`;
  return function readServer(env) {
    const environment = environmentOf(env);
    refuseAutomaticSpans(env);
    const logLevel = env.read("LOG_LEVEL", oneOf(LOG_LEVELS).optional()) ?? "info";
    const host = hostOf(env);
    const ownPort = env.read(env.has("PORT") ? "PORT" : variable, port(DEFAULT_PORTS[program]));
    return {
      environment,
      logLevel,
      host,
      port: ownPort,
      metricsPort: metricsPortOf(env, ownPort),
      exportsLog: isSaid(env, "OTEL_DENO_CONSOLE", "replace") &&
        !isSaid(env, "OTEL_SDK_DISABLED", "true"),
      corsOrigins: env.read("CORS_ORIGINS", webOrigins().optional()) ??
        (environment === "development" ? "any" : []),
      trustedProxies: env.read("TRUSTED_PROXIES", addressRanges()),
      stopGraceMs: env.read(
        "STOP_GRACE",
        duration(DEFAULT_STOP_GRACE_MS[environment], { minMs: 0, maxMs: MAX_STOP_GRACE_MS }),
      ),
      publicUrl: env.read("PUBLIC_URL", baseUrl().optional()),
    };
  };
}

function metricsPortOf(env: EnvReader, ownPort: number): number | undefined {
  if (!env.has("METRICS_PORT")) return undefined;
  const metricsPort = env.read("METRICS_PORT", wholeNumber(undefined, { max: MAX_PORT }));
  if (metricsPort === ownPort && metricsPort !== 0) {
    env.problem("METRICS_PORT", "must not be the program's own port: strangers reach that one");
  }
  return metricsPort;
}

/**
 * Deno's automatic spans record whole URLs, and these hold ticket codes and the tokens of links. The platform's own
 * spans are exported without them.
 */
function refuseAutomaticSpans(env: EnvReader): void {
  if (isSaid(env, "OTEL_SDK_DISABLED", "true") || isSaid(env, "OTEL_DENO_TRACING", "false")) return;
  if (!isSaid(env, "OTEL_DENO", "true") && !isSaid(env, "OTEL_DENO_TRACING", "true")) return;
  env.problem(
    "OTEL_DENO_TRACING",
    "must be false where OTEL_DENO is true: Deno's automatic spans record URLs, which hold ticket codes and " +
      "the tokens of links. The platform's own spans are exported all the same",
  );
}

function isSaid(env: EnvReader, name: string, word: string): boolean {
  return env.read(name, z.string().optional())?.toLowerCase() === word;
}

/** Address to listen on: defaults to all addresses in production, to this machine only in development. */
function hostOf(env: EnvReader): string {
  return env.read("HOST", address().optional()) ??
    (environmentOf(env) === "production" ? "0.0.0.0" : "127.0.0.1");
}

/** Secrets and lifetimes of tokens. */
export interface SecretsConfig {
  jwtSecrets: Secrets;
  internalApiKeys: Secrets;
  accessTokenTtlMs: number;
  refreshTokenTtlMs: number;
  /** Time after its rotation in which a refresh token may be reused; see `RefreshTokens`. */
  refreshReuseGraceMs: number;
}

/** Public secrets for development; production refuses them. */
export const DEVELOPMENT_SECRETS = {
  JWT_SECRET: "development-only-jwt-secret-0123456789",
  INTERNAL_API_KEY: "development-only-internal-api-key",
};

const MIN_JWT_SECRET_BYTES = 32;
const MIN_API_KEY_BYTES = 16;
const DEFAULT_REFRESH_REUSE_GRACE_MS = 10_000;
/** A longer grace period would hide the use of a stolen token. */
const MAX_REFRESH_REUSE_GRACE_MS = 60_000;

/** Reads secrets and token lifetimes; a production process refuses to start with the default secrets. */
export function secretsSection(env: EnvReader): SecretsConfig {
  return {
    jwtSecrets: secretsOf(env, "JWT_SECRET", MIN_JWT_SECRET_BYTES),
    internalApiKeys: secretsOf(env, "INTERNAL_API_KEY", MIN_API_KEY_BYTES),
    accessTokenTtlMs: env.read("JWT_ACCESS_TOKEN_DURATION", duration(15 * 60_000)),
    refreshTokenTtlMs: env.read("JWT_REFRESH_TOKEN_DURATION", duration(168 * 3_600_000)),
    refreshReuseGraceMs: env.read(
      "JWT_REFRESH_REUSE_GRACE",
      duration(DEFAULT_REFRESH_REUSE_GRACE_MS, { minMs: 0, maxMs: MAX_REFRESH_REUSE_GRACE_MS }),
    ),
  };
}

type SecretName = keyof typeof DEVELOPMENT_SECRETS;

/** A secret, and while it is replaced the next one or the previous one, which are accepted, too. */
function secretsOf(env: EnvReader, name: SecretName, minBytes: number): Secrets {
  const current = currentSecret(env, name, minBytes);
  const others = ["NEXT", "PREVIOUS"].flatMap((when) => {
    const variable = `${name}_${when}`;
    const value = env.read(variable, z.string().optional());
    if (value === undefined) return [];
    if (value === current) env.problem(variable, `must differ from ${name}`);
    if (environmentOf(env) === "production" && value === DEVELOPMENT_SECRETS[name]) {
      env.problem(variable, "must not be the development default in production");
    } else {
      assertLong(env, variable, { value, minBytes });
    }
    return [value];
  });
  return [current, ...others];
}

function currentSecret(env: EnvReader, name: SecretName, minBytes: number): string {
  const production = environmentOf(env) === "production";
  const value = env.read(name, production ? z.string() : z.string().optional()) ??
    DEVELOPMENT_SECRETS[name];
  if (!production && value === DEVELOPMENT_SECRETS[name] && !isLoopback(hostOf(env))) {
    env.problem(
      name,
      "must be set where HOST lets others in: the development default is known to everybody",
    );
  }
  if (production && env.has(name) && value === DEVELOPMENT_SECRETS[name]) {
    env.problem(name, "must not be the development default in production");
  } else {
    assertLong(env, name, { value, minBytes });
  }
  return value;
}

function assertLong(
  env: EnvReader,
  variable: string,
  { value, minBytes }: { value: string; minBytes: number },
): void {
  if (new TextEncoder().encode(value).length < minBytes) {
    env.problem(variable, `must have at least ${minBytes} bytes`);
  }
}

/** Selects Redis over HTTPS (Upstash), over TCP (a server or a cluster), or in memory, which production refuses. */
export function redisSection(env: EnvReader): RedisOptions {
  if (env.has("UPSTASH_REDIS_REST_URL") || env.has("UPSTASH_REDIS_REST_TOKEN")) {
    return {
      kind: "upstash",
      url: env.read("UPSTASH_REDIS_REST_URL", url("https", "http")),
      token: env.read("UPSTASH_REDIS_REST_TOKEN", z.string()),
    };
  }
  if (env.has("REDIS_URL")) {
    return redisAt(env.read("REDIS_URL", redisUrl()));
  }
  if (environmentOf(env) === "production") {
    env.problem("REDIS_URL", "or UPSTASH_REDIS_REST_URL with UPSTASH_REDIS_REST_TOKEN is required");
  }
  return { kind: "memory" };
}

/** Base URLs of services in other processes, at least one of each; a service without any runs in this process. */
export type ServiceUrls = Partial<Record<ServiceName, readonly string[]>>;

/** Reads the service URLs that are set. */
export function serviceUrlsSection(env: EnvReader): ServiceUrls {
  const urls: ServiceUrls = {};
  for (const service of SERVICE_NAMES) {
    const variable = `${service.toUpperCase()}_SERVICE_URL`;
    if (env.has(variable)) urls[service] = env.read(variable, urlList("http", "https"));
  }
  return urls;
}

/** Base URLs of the peers of a service in its own process; in development they default to this machine. */
export function peersSection(peers: readonly ServiceName[]): Section<ServiceUrls> {
  return function readPeers(env) {
    const urls = serviceUrlsSection(env);
    for (const peer of peers) {
      if (urls[peer] !== undefined) continue;
      if (environmentOf(env) === "production") {
        env.problem(`${peer.toUpperCase()}_SERVICE_URL`, "is required");
      }
      urls[peer] = [`http://127.0.0.1:${DEFAULT_PORTS[peer]}`];
    }
    return urls;
  };
}

/** Rate limits of the gateway, by client address. */
export interface GatewayLimitsConfig {
  /** Requests per minute; 0 disables the limit. */
  requestsPerMinute: number;
}

/** Reads the rate limits of the gateway. */
export function gatewayLimitsSection(env: EnvReader): GatewayLimitsConfig {
  return { requestsPerMinute: env.read("GATEWAY_RATE_LIMIT_PER_MINUTE", wholeNumber(6_000)) };
}

/**
 * Reads the connection string of a database: from its own variable, or its name on the server of
 * `DATABASE_URL`.
 */
export function databaseSection(name: DatabaseName): Section<string> {
  return function readDatabase(env) {
    const own = DATABASE_VARIABLES[name];
    const schema = url("postgres", "postgresql");
    const variable = env.has(own) ? own : "DATABASE_URL";
    if (!env.has(variable)) {
      env.problem(own, "(or DATABASE_URL, for all databases) is required");
      return "";
    }
    const found = env.read(variable, schema);
    if (!found) return "";
    return withTls(env, variable, env.has(own) ? found : onServer(found, name));
  };
}

/** Adds the certificates of `DATABASE_CA_CERT` to the URL; records a mistake if the URL is unusable. */
function withTls(env: EnvReader, variable: string, url: string): string {
  const ca = env.read(CA_VARIABLE, z.string().optional());
  let blamed = CA_VARIABLE;
  try {
    const text = withCaCertificate(url, ca);
    blamed = variable;
    parseConnectionUrl(text);
    return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    env.problem(blamed, blamed === variable ? `is unusable: ${error.message}` : error.message);
    return "";
  }
}

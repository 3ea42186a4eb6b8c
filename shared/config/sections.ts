import { z } from "zod";
import { LOG_LEVELS, type LogLevel } from "../log.ts";
import { parseConnectionUrl, withCaCertificate } from "../postgres/connection_url.ts";
import {
  CA_VARIABLE,
  DATABASE_VARIABLES,
  type DatabaseName,
  onServer,
} from "../postgres/database_urls.ts";
import type { RedisOptions } from "../redis/mod.ts";
import type { EnvReader } from "./env_reader.ts";
import type { Section } from "./load_config.ts";
import {
  address,
  addressRanges,
  baseUrl,
  duration,
  isLoopback,
  oneOf,
  port,
  url,
  webOrigins,
  wholeNumber,
} from "./values.ts";

export type Environment = "development" | "production";

/** The variable of the environment; production by default, because it is stricter. */
export function environmentOf(env: EnvReader): Environment {
  return env.read("ENVIRONMENT", oneOf(["development", "production"]).optional()) ?? "production";
}

/** The services, in the common order. */
export const SERVICE_NAMES = ["user", "event", "search", "booking"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The ports on which the services and the gateway listen by default. */
export const DEFAULT_PORTS = {
  user: 8001,
  event: 8002,
  search: 8003,
  booking: 8004,
  gateway: 8000,
};

/** The settings of every process. */
export interface ServerConfig {
  environment: Environment;
  logLevel: LogLevel;
  /** The address to listen on. */
  host: string;
  port: number;
  /** Origins that browsers may call from; `"any"` in development where none is named. */
  corsOrigins: readonly string[] | "any";
  /** Addresses and CIDR ranges of the proxies before us, whose `X-Forwarded-*` headers are believed. */
  trustedProxies: readonly string[];
  /** How long requests and payments under way may take to end once the process is told to stop. */
  stopGraceMs: number;
  /** Where clients find the platform, without a slash at its end. */
  publicUrl: string | undefined;
}

/** In production longer than a payment may take; in development each change of a source starts the process anew. */
const DEFAULT_STOP_GRACE_MS: Record<Environment, number> = {
  development: 4_000,
  production: 15_000,
};
const MAX_STOP_GRACE_MS = 10 * 60_000;

/** `PORT` (set by platforms) wins over the program's own port variable. */
export function serverSection(program: keyof typeof DEFAULT_PORTS): Section<ServerConfig> {
  const variable = program === "gateway" ? "GATEWAY_PORT" : `${program.toUpperCase()}_SERVICE_PORT`;
  return function readServer(env) {
    const environment = environmentOf(env);
    return {
      environment,
      logLevel: env.read("LOG_LEVEL", oneOf(LOG_LEVELS).optional()) ?? "info",
      host: hostOf(env),
      port: env.read(env.has("PORT") ? "PORT" : variable, port(DEFAULT_PORTS[program])),
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

/** The address to listen on: by default all addresses in production, only this machine in development. */
function hostOf(env: EnvReader): string {
  return env.read("HOST", address().optional()) ??
    (environmentOf(env) === "production" ? "0.0.0.0" : "127.0.0.1");
}

/** Secrets and lifetimes of tokens. */
export interface SecretsConfig {
  jwtSecret: string;
  internalApiKey: string;
  accessTokenTtlMs: number;
  refreshTokenTtlMs: number;
  /** How long after its rotation a refresh token may be used again; see `RefreshTokens`. */
  refreshReuseGraceMs: number;
}

/** Public secrets for development; production refuses them. */
export const DEVELOPMENT_SECRETS = {
  JWT_SECRET: "development-only-jwt-secret-0123456789",
  INTERNAL_API_KEY: "development-only-internal-api-key",
};

const MIN_JWT_SECRET_BYTES = 32;
const MIN_API_KEY_CHARS = 16;
const DEFAULT_REFRESH_REUSE_GRACE_MS = 10_000;
/** A longer grace would let a thief go unnoticed. */
const MAX_REFRESH_REUSE_GRACE_MS = 60_000;

/** WARNING: these guard everything; a production process never starts on the defaults. */
export function secretsSection(env: EnvReader): SecretsConfig {
  return {
    jwtSecret: secret(env, "JWT_SECRET", MIN_JWT_SECRET_BYTES),
    internalApiKey: secret(env, "INTERNAL_API_KEY", MIN_API_KEY_CHARS),
    accessTokenTtlMs: env.read("JWT_ACCESS_TOKEN_DURATION", duration(15 * 60_000)),
    refreshTokenTtlMs: env.read("JWT_REFRESH_TOKEN_DURATION", duration(168 * 3_600_000)),
    refreshReuseGraceMs: env.read(
      "JWT_REFRESH_REUSE_GRACE",
      duration(DEFAULT_REFRESH_REUSE_GRACE_MS, { minMs: 0, maxMs: MAX_REFRESH_REUSE_GRACE_MS }),
    ),
  };
}

function secret(env: EnvReader, name: keyof typeof DEVELOPMENT_SECRETS, minBytes: number): string {
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
  } else if (new TextEncoder().encode(value).length < minBytes) {
    env.problem(name, `must have at least ${minBytes} bytes`);
  }
  return value;
}

/** Redis over HTTPS (Upstash), over TCP, or in the process if neither is set, which production refuses. */
export function redisSection(env: EnvReader): RedisOptions {
  if (env.has("UPSTASH_REDIS_REST_URL") || env.has("UPSTASH_REDIS_REST_TOKEN")) {
    return {
      kind: "upstash",
      url: env.read("UPSTASH_REDIS_REST_URL", url("https", "http")),
      token: env.read("UPSTASH_REDIS_REST_TOKEN", z.string()),
    };
  }
  if (env.has("REDIS_URL")) {
    return { kind: "tcp", url: env.read("REDIS_URL", url("redis", "rediss")) };
  }
  if (environmentOf(env) === "production") {
    env.problem("REDIS_URL", "or UPSTASH_REDIS_REST_URL with UPSTASH_REDIS_REST_TOKEN is required");
  }
  return { kind: "memory" };
}

/** Base URLs of services in other processes; a service without one runs in this process. */
export type ServiceUrls = Partial<Record<ServiceName, string>>;

export function serviceUrlsSection(env: EnvReader): ServiceUrls {
  const urls: ServiceUrls = {};
  for (const service of SERVICE_NAMES) {
    const variable = `${service.toUpperCase()}_SERVICE_URL`;
    if (env.has(variable)) urls[service] = env.read(variable, url("http", "https"));
  }
  return urls;
}

/**
 * Base URLs of the peers of a service that runs in a process of its own; in development they default to this machine.
 */
export function peersSection(peers: readonly ServiceName[]): Section<ServiceUrls> {
  return function readPeers(env) {
    const urls = serviceUrlsSection(env);
    for (const peer of peers) {
      if (urls[peer] !== undefined) continue;
      if (environmentOf(env) === "production") {
        env.problem(`${peer.toUpperCase()}_SERVICE_URL`, "is required");
      }
      urls[peer] = `http://127.0.0.1:${DEFAULT_PORTS[peer]}`;
    }
    return urls;
  };
}

/** Rate limits of the gateway, by client address. */
export interface GatewayLimitsConfig {
  /** Requests a minute; 0 is no limit. */
  requestsPerMinute: number;
}

export function gatewayLimitsSection(env: EnvReader): GatewayLimitsConfig {
  return { requestsPerMinute: env.read("GATEWAY_RATE_LIMIT_PER_MINUTE", wholeNumber(6_000)) };
}

/**
 * The connection string of a database: its own variable, or the database of its name on the server of
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

/** The URL with the authorities of `DATABASE_CA_CERT`, if it can be connected to as it is written. */
function withTls(env: EnvReader, variable: string, url: string): string {
  const ca = env.read(CA_VARIABLE, z.string().optional());
  let named = CA_VARIABLE;
  try {
    const text = withCaCertificate(url, ca);
    named = variable;
    parseConnectionUrl(text);
    return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    env.problem(named, named === variable ? `is unusable: ${error.message}` : error.message);
    return "";
  }
}

import assert from "node:assert/strict";
import { z } from "zod";
import { ConfigError, type Env, type EnvReader } from "./env_reader.ts";
import { loadConfig } from "./load_config.ts";
import {
  databaseSection,
  DEVELOPMENT_SECRETS,
  peersSection,
  redisSection,
  secretsSection,
  serverSection,
  serviceUrlsSection,
} from "./sections.ts";
import { duration, oneOf, parseDurationMs, rate, retention, wholeNumber } from "./values.ts";

/** Returns the mistakes that these sections find in an environment. */
function problems(env: Env, sections: Parameters<typeof loadConfig>[1]): readonly string[] {
  try {
    loadConfig(env, sections);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const PLATFORM = {
  server: serverSection("booking"),
  secrets: secretsSection,
  redis: redisSection,
  database: databaseSection("bookings_db"),
  peers: peersSection(["event"]),
};

Deno.test("loadConfig() reports all variables that production lacks at once", () => {
  assert.deepEqual(problems({}, PLATFORM), [
    "JWT_SECRET is required",
    "INTERNAL_API_KEY is required",
    "REDIS_URL or UPSTASH_REDIS_REST_URL with UPSTASH_REDIS_REST_TOKEN is required",
    "BOOKING_SERVICE_DB_URL (or DATABASE_URL, for all databases) is required",
    "EVENT_SERVICE_URL is required",
  ]);
});

Deno.test("loadConfig() reports all malformed variables with rule and value", () => {
  const env = {
    ENVIRONMENT: "development",
    LOG_LEVEL: "loud",
    PORT: "70000",
    JWT_ACCESS_TOKEN_DURATION: "15 minutes",
    REDIS_URL: "http://localhost",
    BOOKING_SERVICE_DB_URL: "mysql://secret@localhost",
    EVENT_SERVICE_URL: "http://127.0.0.1:8002,localhost:8002",
    JWT_SECRET: "short",
  };
  const found = problems(env, PLATFORM);
  assert.deepEqual(found, [
    "LOG_LEVEL must be one of debug, info, warn, error, silent: current value is loud",
    "PORT must be a whole number from 0 to 65535: current value is 70000",
    "JWT_SECRET must have at least 32 bytes",
    "JWT_ACCESS_TOKEN_DURATION must be a duration such as 15m, 168h or 500ms: current value is 15 minutes",
    "REDIS_URL must be a URL that begins with redis:// or rediss://, or for a cluster redis+cluster://host:port,host:port",
    "BOOKING_SERVICE_DB_URL must be a URL that begins with postgres:// or postgresql://",
    "EVENT_SERVICE_URL must be a URL that begins with http:// or https://",
  ]);
  assert.ok(!found.join().includes("secret@"), "passwords must not appear in mistakes");
});

Deno.test("secretsSection() refuses the development secrets in production", () => {
  const refused = problems(DEVELOPMENT_SECRETS, { secrets: secretsSection });
  assert.deepEqual(refused, [
    "JWT_SECRET must not be the development default in production",
    "INTERNAL_API_KEY must not be the development default in production",
  ]);
  const { secrets } = loadConfig({ ENVIRONMENT: "development" }, { secrets: secretsSection });
  assert.deepEqual(secrets.jwtSecrets, [DEVELOPMENT_SECRETS.JWT_SECRET]);
});

Deno.test("secretsSection() reads the next and the previous secret, and refuses those that are useless", () => {
  const env = {
    JWT_SECRET: "a".repeat(32),
    JWT_SECRET_PREVIOUS: "b".repeat(32),
    INTERNAL_API_KEY: "k".repeat(16),
    INTERNAL_API_KEY_NEXT: "n".repeat(16),
    INTERNAL_API_KEY_PREVIOUS: "",
  };
  const { secrets } = loadConfig(env, { secrets: secretsSection });
  assert.deepEqual(secrets.jwtSecrets, ["a".repeat(32), "b".repeat(32)]);
  assert.deepEqual(secrets.internalApiKeys, ["k".repeat(16), "n".repeat(16)]);
  const wrong = {
    ...env,
    JWT_SECRET_PREVIOUS: "b".repeat(31),
    INTERNAL_API_KEY_NEXT: env.INTERNAL_API_KEY,
    INTERNAL_API_KEY_PREVIOUS: DEVELOPMENT_SECRETS.INTERNAL_API_KEY,
  };
  assert.deepEqual(problems(wrong, { secrets: secretsSection }), [
    "JWT_SECRET_PREVIOUS must have at least 32 bytes",
    "INTERNAL_API_KEY_NEXT must differ from INTERNAL_API_KEY",
    "INTERNAL_API_KEY_PREVIOUS must not be the development default in production",
  ]);
});

Deno.test("databaseSection() falls back to DATABASE_URL without a variable of its own", () => {
  const env = { DATABASE_URL: "postgres://u:p@db:5432/postgres?sslmode=require" };
  const sections = { users: databaseSection("users_db"), events: databaseSection("events_db") };
  const overridden = { ...env, EVENT_SERVICE_DB_URL: "postgres://u:p@other/mine" };
  assert.deepEqual({ ...loadConfig(overridden, sections) }, {
    users: "postgres://u:p@db:5432/users_db?sslmode=require",
    events: "postgres://u:p@other/mine",
  });
});

Deno.test("redisSection() selects Upstash, a server, or memory by default", () => {
  const read = (env: Env) =>
    loadConfig({ ENVIRONMENT: "development", ...env }, { redis: redisSection }).redis;
  assert.deepEqual(read({}), { kind: "memory" });
  assert.deepEqual(read({ REDIS_URL: "redis://r:6379" }), { kind: "tcp", url: "redis://r:6379" });
  const cluster = "redis+cluster://a:7000,b:7001";
  assert.deepEqual(read({ REDIS_URL: cluster }), { kind: "cluster", url: cluster });
  assert.match(
    String(problems({ REDIS_URL: "redis+cluster://s3cret@a:b" }, { redis: redisSection })),
    /^REDIS_URL must be a URL [^3]*$/,
  );
  const upstash = { UPSTASH_REDIS_REST_URL: "https://u", UPSTASH_REDIS_REST_TOKEN: "t" };
  assert.deepEqual(read(upstash), { kind: "upstash", url: "https://u", token: "t" });
  assert.deepEqual(
    problems({ UPSTASH_REDIS_REST_URL: "https://u" }, { redis: redisSection }),
    ["UPSTASH_REDIS_REST_TOKEN is required"],
  );
});

Deno.test("PORT overrides the port variable of the program; an empty variable is unset", () => {
  const read = (env: Env) => loadConfig(env, { server: serverSection("user") }).server.port;
  assert.equal(read({}), 8001);
  assert.equal(read({ USER_SERVICE_PORT: "9001", PORT: " " }), 9001);
  assert.equal(read({ USER_SERVICE_PORT: "9001", PORT: "80" }), 80);
});

Deno.test("TRUSTED_PROXIES accepts addresses and CIDR ranges and defaults to none", () => {
  const server = serverSection("gateway");
  const read = (env: Env) => loadConfig(env, { server }).server.trustedProxies;
  assert.deepEqual(read({}), []);
  assert.deepEqual(read({ TRUSTED_PROXIES: "10.0.0.0/8," }), ["10.0.0.0/8"]);
  const TRUSTED_PROXIES = "10.0.0.0/8, 203.0.113.7,2001:db8::/32, ::ffff:192.0.2.0/120";
  assert.deepEqual(
    read({ TRUSTED_PROXIES }),
    TRUSTED_PROXIES.split(",").map((range) => range.trim()),
  );
  const rule = "TRUSTED_PROXIES must be addresses and CIDR ranges, separated by commas: ";
  const cases = {
    "gateway": "gateway is no address and no CIDR range",
    "10.1": "10.1 is no address and no CIDR range",
    "010.0.0.1": "010.0.0.1 is no address and no CIDR range",
    "10.0.0.0/8/8": "10.0.0.0/8/8 is no address and no CIDR range",
    "10.0.0.0/33": "10.0.0.0/33 is no CIDR range: the prefix has at most 32 bits",
    "10.0.0.0/": "10.0.0.0/ is no CIDR range: the prefix has at most 32 bits",
    "::1/129": "::1/129 is no CIDR range: the prefix has at most 128 bits",
    "0.0.0.0/0": "0.0.0.0/0 is every address there is",
    "10.0.0.1/8": "10.0.0.1/8 has bits beyond its prefix: it begins at 10.0.0.0",
  };
  for (const [malformed, reason] of Object.entries(cases)) {
    assert.deepEqual(problems({ TRUSTED_PROXIES: malformed }, { server }), [rule + reason]);
  }
});

Deno.test("PUBLIC_URL accepts only a scheme, a host and a path", () => {
  const server = serverSection("gateway");
  const read = (PUBLIC_URL: string) => loadConfig({ PUBLIC_URL }, { server }).server.publicUrl;
  assert.equal(read(""), undefined);
  assert.equal(read("https://tickets.example"), "https://tickets.example");
  assert.equal(read("https://Tickets.example:8443/shop//"), "https://tickets.example:8443/shop");
  for (const more of ["?a", "#a", "/x?a=b"]) {
    assert.deepEqual(problems({ PUBLIC_URL: `https://tickets.example${more}` }, { server }), [
      "PUBLIC_URL must have no user, no query and no fragment",
    ]);
  }
  assert.equal(problems({ PUBLIC_URL: "https://u:p@tickets.example" }, { server }).length, 1);
  assert.deepEqual(problems({ PUBLIC_URL: "tickets.example" }, { server }), [
    "PUBLIC_URL must be a URL that begins with http:// or https://",
  ]);
});

Deno.test("peersSection() uses configured URLs; development defaults to this machine", () => {
  const env = {
    ENVIRONMENT: "development",
    EVENT_SERVICE_URL: "http://event:1",
    SEARCH_SERVICE_URL: "http://10.0.0.1:8003, http://10.0.0.2:8003",
  };
  const { urls, peers } = loadConfig(env, {
    urls: serviceUrlsSection,
    peers: peersSection(["event", "booking"]),
  });
  const search = ["http://10.0.0.1:8003", "http://10.0.0.2:8003"];
  assert.deepEqual(urls, { event: ["http://event:1"], search });
  assert.deepEqual(peers, {
    event: ["http://event:1"],
    search,
    booking: ["http://127.0.0.1:8004"],
  });
});

Deno.test("loadConfig() freezes the configuration deeply", () => {
  const config = loadConfig({}, { deep: () => ({ list: [{ a: 1 }] }) });
  assert.throws(() => config.deep.list[0]!.a = 2, TypeError);
});

Deno.test("parseDurationMs() reads durations in Go syntax", () => {
  const cases = {
    "15m": 900_000,
    "168h": 604_800_000,
    "500ms": 500,
    "1h30m": 5_400_000,
    "1.5s": 1_500,
    "0": 0,
  };
  for (const [text, ms] of Object.entries(cases)) assert.equal(parseDurationMs(text), ms, text);
  for (const text of ["", "5", "m", "1d", "-1s", "1m x"]) {
    assert.equal(parseDurationMs(text), undefined, text);
  }
});

Deno.test("number and duration schemas report the allowed range", () => {
  const messageOf = (schema: z.ZodType, text: string) =>
    schema.safeParse(text).error?.issues[0]?.message;
  assert.equal(
    messageOf(duration(1, { minMs: 100 }), "5ms"),
    "must be between 100ms and 2147483647ms: current value is 5ms",
  );
  assert.equal(
    messageOf(wholeNumber(1, { max: 3 }), "1.5"),
    "must be a whole number from 0 to 3: current value is 1.5",
  );
  assert.equal(messageOf(rate(1), "1.1"), "must be a number from 0 to 1: current value is 1.1");
  assert.equal(messageOf(oneOf(["a", "b"]), "c"), "must be one of a, b: current value is c");
  assert.equal(messageOf(rate(1), "0.5"), undefined);
});

Deno.test("HOST defaults to localhost in development and all addresses in production", () => {
  const host = (env: Env) => loadConfig(env, { server: serverSection("user") }).server.host;
  assert.equal(host({ ENVIRONMENT: "development" }), "127.0.0.1");
  assert.equal(host({}), "0.0.0.0");
  assert.equal(host({ HOST: "::" }), "::");
  assert.deepEqual(
    problems({ HOST: "x86_64-conda-linux-gnu" }, { server: serverSection("user") }),
    [
      "HOST must be an IP address such as 127.0.0.1, 0.0.0.0 or ::, or localhost: " +
      "current value is x86_64-conda-linux-gnu",
    ],
  );
});

Deno.test("secretsSection() refuses development secrets if HOST is reachable by others", () => {
  const env = { ENVIRONMENT: "development", HOST: "0.0.0.0" };
  assert.deepEqual(problems(env, { secrets: secretsSection }), [
    "JWT_SECRET must be set where HOST lets others in: the development default is known to everybody",
    "INTERNAL_API_KEY must be set where HOST lets others in: the development default is known to everybody",
  ]);
  const customSecrets = { JWT_SECRET: crypto.randomUUID(), INTERNAL_API_KEY: crypto.randomUUID() };
  assert.deepEqual(problems({ ...env, ...customSecrets }, { secrets: secretsSection }), []);
  assert.deepEqual(
    problems({ ...env, ...DEVELOPMENT_SECRETS }, { secrets: secretsSection }).length,
    2,
  );
  assert.deepEqual(problems({ ...env, HOST: "::1" }, { secrets: secretsSection }), []);
});

Deno.test("CORS_ORIGINS accepts origins as browsers send them", () => {
  const server = { server: serverSection("gateway") };
  const origins = (text: string) => loadConfig({ CORS_ORIGINS: text }, server).server.corsOrigins;
  assert.deepEqual(origins("https://Shop.example/, http://localhost:5173"), [
    "https://shop.example",
    "http://localhost:5173",
  ]);
  assert.deepEqual(origins(""), []);
  const malformed = [
    "*",
    "null",
    "shop.example",
    "https://*.shop.example",
    "https://shop.example/path",
    "https://user@shop.example",
    "ftp://shop.example",
    "https://a.example https://b.example",
  ];
  for (const text of malformed) {
    assert.deepEqual(problems({ CORS_ORIGINS: `https://good.example,${text}` }, server), [
      `CORS_ORIGINS must be origins such as https://shop.example, separated by commas: ${text} is none`,
    ]);
  }
});

Deno.test("JWT_REFRESH_REUSE_GRACE defaults to 10 s and is at most a minute", () => {
  const read = (env: Env) =>
    loadConfig({ ENVIRONMENT: "development", ...env }, { secrets: secretsSection }).secrets
      .refreshReuseGraceMs;
  assert.equal(read({}), 10_000);
  assert.equal(read({ JWT_REFRESH_REUSE_GRACE: "0" }), 0);
  assert.throws(() => read({ JWT_REFRESH_REUSE_GRACE: "61s" }), /JWT_REFRESH_REUSE_GRACE/);
});

Deno.test("DATABASE_CA_CERT accepts certificates; URLs that name a file are refused", () => {
  const section = { database: databaseSection("users_db") };
  const DATABASE_URL = "postgres://u:s3cret@db.example/postgres";
  assert.deepEqual(problems({ DATABASE_URL, DATABASE_CA_CERT: "/etc/ca.pem" }, section), [
    "DATABASE_CA_CERT must be certificates in PEM form: -----BEGIN CERTIFICATE----- …",
  ]);
  assert.deepEqual(problems({ DATABASE_URL: `${DATABASE_URL}?sslrootcert=/etc/ca.pem` }, section), [
    "DATABASE_URL is unusable: Cannot connect as sslrootcert of the database URL can be `system` alone, " +
    "and no file: set DATABASE_CA_CERT to the certificate itself",
  ]);
  const certificate = "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----";
  const env = { DATABASE_URL, DATABASE_CA_CERT: certificate };
  const { database } = loadConfig(env, section);
  assert.match(database, /^postgres:\/\/u:s3cret@db\.example\/users_db\?sslrootcert=-----BEGIN/);
});

Deno.test("OTEL_DENO needs Deno's automatic spans off, as these hold URLs", () => {
  const found = (env: Env) =>
    problems({ ENVIRONMENT: "development", ...env }, { server: serverSection("gateway") })
      .map((problem) => problem.split(":")[0]);
  const refused = ["OTEL_DENO_TRACING must be false where OTEL_DENO is true"];
  assert.deepEqual(found({ OTEL_DENO: "true" }), refused);
  assert.deepEqual(found({ OTEL_DENO: "True", OTEL_DENO_TRACING: "true" }), refused);
  assert.deepEqual(found({ OTEL_DENO_TRACING: "true" }), refused);
  assert.deepEqual(found({ OTEL_DENO: "true", OTEL_DENO_TRACING: "false" }), []);
  assert.deepEqual(found({ OTEL_DENO: "true", OTEL_SDK_DISABLED: "true" }), []);
  assert.deepEqual(found({ OTEL_DENO: "false" }), []);
});

Deno.test("METRICS_PORT is a port of its own; by default there is none", () => {
  const serverOf = (env: Env) =>
    loadConfig({ ENVIRONMENT: "development", ...env }, { server: serverSection("gateway") }).server;
  assert.equal(serverOf({}).metricsPort, undefined);
  assert.equal(serverOf({ METRICS_PORT: "9464" }).metricsPort, 9_464);
  const same = { ENVIRONMENT: "development", PORT: "8000", METRICS_PORT: "8000" };
  assert.deepEqual(problems(same, { server: serverSection("gateway") }), [
    "METRICS_PORT must not be the program's own port: strangers reach that one",
  ]);
});

Deno.test("retention() is a duration of at least its least, or forever", () => {
  const HOUR_MS = 3_600_000;
  const schema = retention(48 * HOUR_MS, { minMs: 24 * HOUR_MS });
  assert.equal(schema.parse(undefined), 48 * HOUR_MS);
  assert.equal(schema.parse("8760h"), 8_760 * HOUR_MS);
  assert.equal(schema.parse("forever"), undefined);
  assert.equal(retention(undefined, { minMs: 1 }).parse(undefined), undefined);
  const sections = { kept: (env: EnvReader) => env.read("KEPT_RETENTION", schema) };
  assert.deepEqual(problems({ KEPT_RETENTION: "1h" }, sections), [
    "KEPT_RETENTION must be between 86400000ms and 3162240000000ms: current value is 1h",
  ]);
  assert.deepEqual(problems({ KEPT_RETENTION: "a year" }, sections), [
    "KEPT_RETENTION must be a duration such as 15m, 168h or forever: current value is a year",
  ]);
});

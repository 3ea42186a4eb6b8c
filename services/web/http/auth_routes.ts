import { DomainError } from "@evently/shared/errors";
import { type AppEnv, createRoutes, parseJson } from "@evently/shared/http";
import { BINDING_ORIGIN } from "@evently/shared/services";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Audience, AuthCookies } from "./auth_cookies.ts";
import type { WebDeps } from "./deps.ts";
import { ownRequestsOnly } from "./own_requests.ts";

/** Where an audience's log-in is in the API. */
interface AuthPaths {
  auth: string;
  /** The account of an access token. Without one a refresh answers what the token itself says. */
  profile?: string;
}

const PATHS: Readonly<Record<Audience, AuthPaths>> = {
  user: { auth: "/api/user/auth", profile: "/api/user/users/profile" },
  organiser: { auth: "/api/event/auth/admin" },
};

const AUDIENCES = Object.keys(PATHS) as Audience[];

/** What the API answers to a log-in, a registration and a refresh. */
interface Tokens extends Record<string, unknown> {
  access_token: string;
  refresh_token: string;
}

/** Claims of an access token; the last two are those of an organiser's. */
interface Claims {
  iat: number;
  exp: number;
  admin_id?: string;
  role?: string;
}

/**
 * `/auth/{user|organiser}/{login|register|refresh|logout}`: the log-in of browsers. The API's refresh token goes into a
 * cookie that no script can read, and pages get the access token alone.
 */
export function authRoutes(deps: WebDeps) {
  const routes = createRoutes();
  routes.use("/auth/*", neverStored, ownRequestsOnly(deps));
  for (const audience of AUDIENCES) {
    const cookiesOf = (c: Context<AppEnv>) =>
      new AuthCookies(c, { audience, publicUrl: deps.publicUrl });
    for (const verb of ["login", "register"] as const) {
      routes.post(`/auth/${audience}/${verb}`, async (c) => {
        const response = await callAuth(deps, c, { audience, verb, body: await readObject(c) });
        if (!response.ok) return relay(c, response);
        return await startSession(c, { cookies: cookiesOf(c), response });
      });
    }
    routes.post(`/auth/${audience}/refresh`, async (c) => {
      await readObject(c);
      return await refresh(deps, c, { audience, cookies: cookiesOf(c) });
    });
    routes.post(`/auth/${audience}/logout`, async (c) => {
      await readObject(c);
      const cookies = cookiesOf(c), token = cookies.read();
      if (token !== undefined) {
        const body = { refresh_token: token };
        const response = await callAuth(deps, c, { audience, verb: "logout", body });
        // A token that the service does not know, or no more, ends nothing.
        if (!response.ok && response.status !== 401 && response.status !== 400) {
          return relay(c, response);
        }
        await response.body?.cancel();
      }
      cookies.clear();
      return c.json({ message: "success" }, 200);
    });
  }
  return routes;
}

/** Answers have tokens in them (RFC 6749, 5.1). */
async function neverStored(c: Context<AppEnv>, next: () => Promise<void>): Promise<void> {
  c.header("Cache-Control", "no-store");
  await next();
}

/** Keeps the refresh token of a new session in the cookie, and answers the rest. */
async function startSession(
  c: Context<AppEnv>,
  { cookies, response }: { cookies: AuthCookies; response: Response },
): Promise<Response> {
  const { access_token, refresh_token, ...user } = await response.json() as Tokens;
  cookies.keep(refresh_token);
  const body = { access_token, expires_in: lifetimeS(access_token), user };
  return c.json(body, response.status as 200 | 201);
}

/** Exchanges the cookie for a new access token; what the service no longer takes is removed. */
async function refresh(
  deps: WebDeps,
  c: Context<AppEnv>,
  { audience, cookies }: { audience: Audience; cookies: AuthCookies },
): Promise<Response> {
  const token = cookies.read();
  if (token === undefined) {
    cookies.clear();
    throw new DomainError("BAD_REFRESH_TOKEN");
  }
  const body = { refresh_token: token };
  const response = await callAuth(deps, c, { audience, verb: "refresh", body });
  if (!response.ok) {
    if (response.status === 401) cookies.clear();
    return relay(c, response);
  }
  const { access_token, refresh_token } = await response.json() as Tokens;
  // First of all: with the former token, another refresh would end the session once the leeway is over.
  cookies.keep(refresh_token);
  const { profile } = PATHS[audience];
  const answer = { access_token, expires_in: lifetimeS(access_token) };
  if (profile === undefined) {
    const { admin_id, role } = claimsOf(access_token);
    return c.json({ ...answer, user: { admin_id, role } }, 200);
  }
  const account = await call(deps, c, {
    path: profile,
    headers: { Authorization: `Bearer ${access_token}` },
  });
  if (!account.ok) return relay(c, account);
  const { user_id, email, name } = await account.json() as Record<string, string>;
  return c.json({ ...answer, user: { user_id, email, name } }, 200);
}

function callAuth(
  deps: WebDeps,
  c: Context<AppEnv>,
  { audience, verb, body }: { audience: Audience; verb: string; body: unknown },
): Promise<Response> {
  return call(deps, c, {
    method: "POST",
    path: `${PATHS[audience].auth}/${verb}`,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Asks a service on behalf of the client, whose address its limits count. */
function call(
  deps: WebDeps,
  c: Context<AppEnv>,
  { path, headers, ...init }: {
    path: string;
    method?: string;
    headers: Record<string, string>;
    body?: string;
  },
): Promise<Response> {
  const request = new Request(BINDING_ORIGIN + path, { ...init, headers });
  for (const name of ["X-Forwarded-For", "X-Forwarded-Proto"]) {
    const value = c.req.header(name);
    if (value !== undefined) request.headers.set(name, value);
  }
  return deps.fetchApi(request, { requestId: c.get("requestId"), hop: c.env });
}

/** Headers of a refusal that say when to come again. */
const RELAYED = [
  "Content-Type",
  "Retry-After",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
];

/** Hands a refusal of the API on, with the cookies that were set or removed. */
function relay(c: Context<AppEnv>, response: Response): Response {
  const headers = new Headers();
  for (const name of RELAYED) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return c.newResponse(response.body, { status: response.status as ContentfulStatusCode, headers });
}

/**
 * The JSON object in the body. Forms of other sites can send no such body, and a request without one is no page's.
 *
 * @throws {DomainError} `INVALID_JSON`
 */
async function readObject(c: Context<AppEnv>): Promise<Record<string, unknown>> {
  const isJson = /^application\/json\b/i.test(c.req.header("Content-Type") ?? "");
  const body = isJson && c.get("hasBody") ? parseJson(await c.req.text()) : undefined;
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new DomainError("INVALID_JSON", "Invalid JSON: the body must be an object");
}

/** Seconds that an access token is valid, by its own claims: clocks of browsers are not to be trusted. */
function lifetimeS(accessToken: string): number {
  const { iat, exp } = claimsOf(accessToken);
  return exp - iat;
}

/** What an access token that a service has just issued says. */
function claimsOf(accessToken: string): Claims {
  const payload = accessToken.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(atob(payload)) as Claims;
}

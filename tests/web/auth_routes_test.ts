import assert from "node:assert/strict";
import { webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();
const OWN = { "Sec-Fetch-Site": "same-origin" };

function post(t: WebTest, path: string, { headers = OWN, body = "{}", type = "application/json" }: {
  headers?: Record<string, string>;
  body?: string;
  type?: string;
} = {}): Promise<Response> {
  return fetch(t.origin + path, {
    method: "POST",
    headers: { ...headers, "Content-Type": type },
    body,
  });
}

/** Logs in as a browser does; returns the answer and the cookies to send back. */
async function logIn(t: WebTest, headers: Record<string, string> = OWN) {
  const { email, password } = await t.person();
  const body = JSON.stringify({ email, password });
  const response = await post(t, "/auth/user/login", { headers, body });
  const cookies = response.headers.getSetCookie();
  const cookie = cookies.map((text) => text.split(";")[0]).join("; ");
  return { status: response.status, body: await response.json(), cookies, cookie };
}

suite.test("a log-in answers the access token, and keeps the refresh token in a cookie", async (t) => {
  const { status, body, cookies } = await logIn(t);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["access_token", "expires_in", "user"]);
  assert.deepEqual(Object.keys(body.user).sort(), ["email", "name", "user_id"]);
  assert.equal(body.expires_in, 15 * 60);
  const [token = "", flag = ""] = cookies;
  assert.match(
    token,
    /^evently_user=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  assert.match(flag, /^evently_in=user; Max-Age=604800; Path=\/; SameSite=Strict$/);
});

suite.test("a refresh rotates the cookie, and a log-out ends its family", async (t) => {
  const { cookie, body: { user } } = await logIn(t);
  const refreshed = await post(t, "/auth/user/refresh", { headers: { ...OWN, Cookie: cookie } });
  assert.equal(refreshed.status, 200);
  assert.deepEqual((await refreshed.json()).user, user);
  assert.equal(refreshed.headers.get("Cache-Control"), "no-store");
  const next = refreshed.headers.getSetCookie().map((text) => text.split(";")[0]).join("; ");
  assert.notEqual(next, cookie);
  const out = await post(t, "/auth/user/logout", { headers: { ...OWN, Cookie: next } });
  assert.equal(out.status, 200);
  assert.ok(out.headers.getSetCookie().every((text) => text.includes("Max-Age=0")));
  await out.body?.cancel();
  const after = await post(t, "/auth/user/refresh", { headers: { ...OWN, Cookie: next } });
  assert.equal(after.status, 401);
  assert.equal((await after.json()).code, "BAD_REFRESH_TOKEN");
  assert.ok(after.headers.getSetCookie().every((text) => text.includes("Max-Age=0")));
});

suite.test("other sites, forms and reads are refused", async (t) => {
  const paths = ["login", "register", "refresh", "logout"].flatMap((verb) => [
    `/auth/user/${verb}`,
    `/auth/organiser/${verb}`,
  ]);
  for (const path of paths) {
    const foreign: Record<string, string>[] = [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "cross-site", Origin: t.origin },
      { Origin: "https://elsewhere.example" },
      { Origin: "null" },
      {},
    ];
    for (const headers of foreign) {
      const response = await post(t, path, { headers });
      assert.equal(response.status, 403, `${path} ${JSON.stringify(headers)}`);
      assert.equal((await response.json()).code, "FORBIDDEN");
      assert.deepEqual(response.headers.getSetCookie(), []);
    }
    const forms = [
      ["email=a&password=b", "application/x-www-form-urlencoded"],
      ["{}", "text/plain"],
      ["", "application/json"],
      ["[]", "application/json"],
    ] as const;
    for (const [body, type] of forms) {
      const response = await post(t, path, { body, type });
      assert.equal(response.status, 400, `${path} ${type} ${body}`);
      assert.equal((await response.json()).code, "INVALID_JSON");
    }
    const read = await fetch(t.origin + path, { headers: OWN });
    assert.equal(read.status, 405, path);
    await read.body?.cancel();
  }
});

suite.test("an Origin of our own stands in for Sec-Fetch-Site", async (t) => {
  assert.equal((await logIn(t, { Origin: t.origin })).status, 200);
});

suite.test("users and organisers have cookies of their own", async (t) => {
  const { cookie } = await logIn(t);
  const response = await post(t, "/auth/organiser/refresh", {
    headers: { ...OWN, Cookie: cookie },
  });
  assert.equal(response.status, 401);
  await response.body?.cancel();
  const body = JSON.stringify({ email: "admin@example.com", password: "11111111" });
  const organiser = await post(t, "/auth/organiser/login", { body });
  assert.equal(organiser.status, 200);
  assert.match(organiser.headers.getSetCookie()[0]!, /^evently_organiser=/);
  const { user, ...rest } = await organiser.json();
  assert.equal("refresh_token" in rest, false);
  const own = organiser.headers.getSetCookie().map((text) => text.split(";")[0]).join("; ");
  const refreshed = await post(t, "/auth/organiser/refresh", { headers: { ...OWN, Cookie: own } });
  const { admin_id, role } = user;
  assert.deepEqual((await refreshed.json()).user, { admin_id, role });
});

suite.test("a script finds no refresh token, and no token outlives the page", async (t) => {
  const { email, password } = await t.person();
  const page = await t.page();
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${t.origin}/`);
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "evently_user");
  assert.equal(token?.httpOnly, true);
  assert.equal(token?.sameSite, "Strict");
  const found = await page.evaluate(async () => {
    const seen: string[] = [document.cookie, JSON.stringify(localStorage)];
    seen.push(JSON.stringify(sessionStorage), document.documentElement.outerHTML);
    for (const { name } of await indexedDB.databases()) seen.push(name ?? "");
    for (const key of Object.getOwnPropertyNames(globalThis)) {
      const value = (globalThis as unknown as Record<string, unknown>)[key];
      if (typeof value === "string") seen.push(value);
    }
    return seen.join("\n");
  });
  assert.ok(found.includes("evently_in=user"), "the flag is there to be read");
  assert.ok(!found.includes(token!.value), "a script sees the refresh token");
  assert.doesNotMatch(found, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, "an access token is kept");
});

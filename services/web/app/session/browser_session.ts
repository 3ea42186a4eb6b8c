import { ApiError, Unreachable } from "../api/errors.ts";
import { alone } from "./alone.ts";
import { type Account, type Grant, requestGrant, requestLogOut } from "./auth_requests.ts";
import type { Session, SessionState, SessionUser } from "./session.ts";
import { type News, openTabs, type Tabs } from "./tabs.ts";

/** Longest wait for an answer of the API. */
const TIMEOUT_MS = 10_000;
/** An access token is renewed this long before its end, or at half its life if that is later. */
const EARLY_MS = 60_000;
/** Between two renewals there is this time at the least, however short a token lives. */
const SHORTEST_MS = 1_000;
/** Within this time of its end a token is not sent any more. */
const MARGIN_MS = 2_000;
/** Longest wait for the news of the tab that has just renewed the token. */
const NEWS_MS = 500;
/** Waits between renewals that got no answer. After the last, only what a person does begins another. */
const RETRIES_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** Flags beside the cookies of refresh tokens, which no script can see. */
const FLAGS = {
  user: /(?:^|;\s*)evently_in=user(?:;|$)/,
  organiser: /(?:^|;\s*)evently_in_console=organiser(?:;|$)/,
};

/** The log-in of buyers. */
const USERS: Account<SessionUser> = {
  audience: "user",
  toUser: ({ user_id = "", name = "", email = "" }) => ({ userId: user_id, name, email }),
};

/** Opens the log-in of the buyer in this browser. */
export function openUserSession(): Session {
  return openSession(USERS);
}

/** Opens a log-in of this browser: the access token lives in the memory of its tabs and nowhere else. */
export function openSession<User extends object>(account: Account<User>): Session<User> {
  const session = new BrowserSession(account);
  session.begin();
  return {
    state: () => session.state,
    subscribe: (listener) => session.subscribe(listener),
    send: (request) => session.send(request, TIMEOUT_MS),
    stream: (request) => session.send(request),
    logIn: (input) => session.start("login", input),
    register: (input) => session.start("register", input),
    recheck: () => session.recheck(),
    rename: (name) => session.rename(name),
    logOut: () => session.logOut(),
  };
}

class BrowserSession<User extends object> {
  state: SessionState<User> = { status: "unknown" };
  readonly #account: Account<User>;
  readonly #listeners = new Set<() => void>();
  readonly #tabs: Tabs<User>;
  #grant: Grant<User> | undefined;
  #renewing: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;

  constructor(account: Account<User>) {
    this.#account = account;
    this.#tabs = openTabs(account.audience, (news) => this.#take(news));
  }

  /** Finds out who is logged in. Strangers, who have no flag, cause no request. */
  begin(): void {
    const check = () => document.visibilityState === "visible" && this.#check();
    document.addEventListener("visibilitychange", check);
    addEventListener("pageshow", ({ persisted }) => persisted && this.#check());
    addEventListener("online", check);
    if (this.#hasFlag()) this.#renewSoon(0);
    else this.state = { status: "out" };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param limitMs longest wait for the answer; none for one that goes on */
  async send(request: Request, limitMs?: number): Promise<Response> {
    // Public reads need no token, so the answer decides.
    const isOld = this.#grant && Date.now() > this.#grant.expiresAtMs - MARGIN_MS;
    if (isOld) await this.#renew().catch(() => {});
    const used = this.#grant;
    // A stranger's refusal stands; anybody else may have a token that is too old, or none yet.
    const again = used || this.#hasFlag() ? request.clone() : undefined;
    const response = await fetchWith(used, request, limitMs);
    if (response.status !== 401 || !again) return response;
    if (this.#grant === used) await this.#renew();
    return this.#grant ? await fetchWith(this.#grant, again, limitMs) : response;
  }

  async start(
    verb: "login" | "register",
    input: Readonly<Record<string, string>>,
  ): Promise<void> {
    const account = this.#account;
    await alone(account.audience, async () => {
      this.#share({ kind: "in", grant: await requestGrant(account, verb, input) });
    });
  }

  async recheck(): Promise<void> {
    // What has no answer is tried again by itself.
    if (this.#hasFlag()) await this.#renew().catch(() => {});
  }

  rename(name: string): void {
    const grant = this.#grant;
    if (grant) this.#share({ kind: "in", grant: { ...grant, user: { ...grant.user, name } } });
  }

  async logOut(): Promise<void> {
    const { audience } = this.#account;
    await alone(audience, async () => {
      await requestLogOut(audience);
      this.#share({ kind: "out" });
    });
  }

  /** After a while away: another tab may have logged in or out, and the token may be old. */
  #check(): void {
    if (!this.#hasFlag()) {
      if (this.state.status !== "out") this.#take({ kind: "out" });
      return;
    }
    const isFresh = this.#grant && Date.now() < this.#grant.expiresAtMs - EARLY_MS;
    if (!isFresh) this.#renewSoon(0);
  }

  /** Gets a new access token, once for all that ask at the same time. @throws {Unreachable} */
  #renew(): Promise<void> {
    return this.#renewing ??= this.#renewAlone().finally(() => this.#renewing = undefined);
  }

  async #renewAlone(): Promise<void> {
    const { state } = this, grant = this.#grant;
    const isSettled = () => this.#grant !== grant || this.state !== state;
    try {
      await alone(this.#account.audience, async (waited) => {
        if (waited && !isSettled()) await this.#news();
        if (isSettled()) return;
        this.#share({ kind: "in", grant: await requestGrant(this.#account, "refresh") });
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return this.#share({ kind: "out" });
      this.#renewLater();
      throw error instanceof Unreachable ? error : new Unreachable({ cause: error });
    }
  }

  /** Ends with the next change, or after a moment. */
  #news(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(end, NEWS_MS);
      const unsubscribe = this.subscribe(end);
    });
  }

  #renewLater(): void {
    const waitMs = RETRIES_MS[this.#failures++];
    if (waitMs !== undefined) this.#renewSoon(waitMs);
  }

  #renewSoon(waitMs: number): void {
    clearTimeout(this.#timer);
    // What has no answer is tried again; there is nobody here to tell.
    this.#timer = setTimeout(() => this.#renew().catch(() => {}), waitMs);
  }

  #share(news: News<User>): void {
    this.#tabs.tell(news);
    this.#take(news);
  }

  #take(news: News<User>): void {
    this.#failures = 0;
    clearTimeout(this.#timer);
    if (news.kind === "in") {
      this.#grant = news.grant;
      const leftMs = news.grant.expiresAtMs - Date.now();
      this.#renewSoon(Math.max(leftMs - EARLY_MS, leftMs / 2, SHORTEST_MS));
      if (!this.#isSame(news.grant)) this.state = { status: "in", user: news.grant.user };
    } else {
      this.#grant = undefined;
      if (this.state.status !== "out") this.state = { status: "out" };
    }
    for (const listener of this.#listeners) listener();
  }

  /** Whether the user is the one of the state, so that a renewal renders nothing anew. */
  #isSame({ user }: Grant<User>): boolean {
    const { state } = this;
    return state.status === "in" && JSON.stringify(state.user) === JSON.stringify(user);
  }

  /** Whether this browser has a refresh token. */
  #hasFlag(): boolean {
    return FLAGS[this.#account.audience].test(document.cookie);
  }
}

/** Sends a request with the access token, if there is one. @throws {Unreachable} no answer in time */
async function fetchWith(
  grant: Grant<unknown> | undefined,
  request: Request,
  limitMs: number | undefined,
): Promise<Response> {
  const headers = new Headers(request.headers);
  if (grant) headers.set("Authorization", `Bearer ${grant.accessToken}`);
  const signal = limitMs === undefined
    ? request.signal
    : AbortSignal.any([request.signal, AbortSignal.timeout(limitMs)]);
  return await fetch(new Request(request, { headers, signal }));
}

/**
 * The service worker of ticket pages alone: what was seen once opens without a network. The network comes first; what
 * this device keeps stands in for it, and says when it came.
 */

/** One document serves all tickets of a language: what is on them comes from the API. */
const SHELL = new URL(".", location.href).pathname;
/** A new name drops all that older workers of this language have kept. */
const CACHE = `evently-tickets-2 ${SHELL}`;
/** What the first workers kept, which knew one language. */
const FIRST_CACHE = "evently-tickets-1";
const ASSETS = "/assets/";
const TICKETS = "/api/booking/tickets/";
/** Header of answers from this device; `api/clock.ts` has its twin, as a worker imports nothing. */
const KEPT_AT = "X-Kept-At";
const MAX_TICKETS = 20;
const MAX_ASSETS = 60;
/** Longest wait for the network while this device has an answer. */
const PATIENCE_MS = 4_000;

/** What a page asks to keep. */
interface Keep {
  code: string;
  /** Paths of the files that the page has loaded. */
  assets: readonly string[];
}

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerScope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", run: (event: ExtendableEvent) => void): void;
  addEventListener(
    type: "message",
    run: (event: ExtendableEvent & { data: Keep }) => void,
  ): void;
  addEventListener(type: "fetch", run: (event: FetchEvent) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});
worker.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(networkFirst(request, SHELL));
  else if (pathname.startsWith(TICKETS)) event.respondWith(networkFirst(request, pathname));
  else if (pathname.startsWith(ASSETS)) event.respondWith(deviceFirst(request, pathname));
});

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const isOld = (name: string) =>
    name === FIRST_CACHE || (name.endsWith(` ${SHELL}`) && name !== CACHE);
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

/** Keeps a ticket with all that its page needs, and drops what no page needs any more. */
async function keep({ code, assets }: Keep): Promise<void> {
  const cache = await caches.open(CACHE);
  const path = TICKETS + encodeURIComponent(code);
  await Promise.all([
    put(cache, SHELL, new Request(SHELL + encodeURIComponent(code), accepting("text/html"))),
    put(cache, path, new Request(path, accepting("application/json"))),
    keepAssets(cache, assets.filter((path) => path.startsWith(ASSETS)).slice(0, MAX_ASSETS)),
  ]);
  const tickets = await keysOf(cache, TICKETS);
  await Promise.all(tickets.slice(0, -MAX_TICKETS).map((old) => cache.delete(old)));
}

async function keepAssets(cache: Cache, paths: readonly string[]): Promise<void> {
  const kept = await keysOf(cache, ASSETS);
  const missing = paths.filter((path) => !kept.includes(path));
  await Promise.all(missing.map((path) => cache.add(path)));
  const unused = kept.filter((path) => !paths.includes(path));
  await Promise.all(unused.map((path) => cache.delete(path)));
}

/** Keeps an answer as the newest of its kind; what is not there any more is dropped. */
async function put(cache: Cache, key: string, request: Request): Promise<void> {
  const response = await fetch(request);
  if (!response.ok && response.status !== 404) return;
  // Put in one step: a reload in between would find nothing.
  await (response.ok ? cache.put(key, response) : cache.delete(key));
}

async function networkFirst(request: Request, key: string): Promise<Response> {
  const kept = await find(key);
  if (!kept) return await fetch(request);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.status >= 500 ? kept : response;
  } catch {
    return kept;
  }
}

/** Names of built files have a hash: what is kept is what the network would send. */
async function deviceFirst(request: Request, key: string): Promise<Response> {
  return await find(key) ?? await fetch(request);
}

/** An answer of this device, with the time when it came. */
async function find(key: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  const response = await cache.match(key, { ignoreVary: true });
  if (!response) return undefined;
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.set(KEPT_AT, new Date(headers.get("Date") ?? 0).toISOString());
  return new Response(response.body, { status: response.status, headers });
}

async function keysOf(cache: Cache, prefix: string): Promise<string[]> {
  const requests = await cache.keys();
  return requests.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith(prefix));
}

function accepting(type: string): RequestInit {
  return { headers: { Accept: type } };
}

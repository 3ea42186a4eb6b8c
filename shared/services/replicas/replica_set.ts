import { isIP } from "node:net";
import type { Logger } from "../../log.ts";
import { within } from "../../within.ts";
import { rankByKey } from "./rank_by_key.ts";
import { resolveHost } from "./resolve_host.ts";

/** One process of a service. */
export interface Replica {
  /** Its address and port, or the URL that is asked as it is. */
  readonly name: string;
  /** What the URL of each request begins with. */
  readonly base: string;
  /** Connects to the address, whatever the URL names; absent: connections go where the URL says. */
  readonly client?: Deno.HttpClient;
  /** Aborted when the replica is ejected because it is silent, for requests that may be sent again. */
  readonly silence: AbortSignal;
}

/** How a {@link ReplicaSet} finds out what there is; replaced in tests. */
export interface ReplicaSetOptions {
  /** The addresses of a host name. */
  resolve?: (host: string) => Promise<readonly string[]>;
  /** Whether a replica answers. Settles within a bounded time, and never rejects. */
  probe?: (replica: Replica) => Promise<boolean>;
  /** A monotonic clock. */
  nowMs?: () => number;
  /** Told of replicas that come, go, fail and answer again. */
  log?: Pick<Logger, "info" | "warn"> | undefined;
}

/** How often, at most, a set in use resolves its names and asks each replica whether it is there. */
const LOOK_INTERVAL_MS = 1_000;
/** Addresses that were resolved longer ago are resolved again before they are used. */
const STALE_AFTER_MS = 10_000;
const RESOLVE_TIMEOUT_MS = 1_000;
const PROBE_TIMEOUT_MS = 2_000;
/** So many probes in a row without an answer eject a replica: one may meet a busy moment. */
const PROBES_UNTIL_EJECTED = 2;
/** The most replicas of a service; further addresses are not used. */
const MAX_REPLICAS = 64;

/** The path that tells whether a process is alive, without asking its stores. */
const PROBE_PATH = "/healthz";

/** A configured URL, and the replicas behind it. */
interface Site {
  base: string;
  /** Looked up for addresses; absent: the URL is one replica, asked as it is. */
  host: string | undefined;
  port: number;
  replicas: KnownReplica[];
  isResolved: boolean;
}

/**
 * The processes of a service: one for each configured URL, or for each address of its host name. Requests with the same
 * key go to the same replica, others to all in turn.
 *
 * A replica that fails is ejected at once, and one that is silent after two probes. It comes back when it answers a probe,
 * and so begins a new address. If no other is left, the ejected ones are used. A set looks around once a second while it
 * has requests, and not at all without. A set of one URL with an address never does.
 *
 * URLs with `https:` are asked by their name alone, so that the name is verified: who ends TLS there spreads the load.
 */
export class ReplicaSet {
  readonly #sites: readonly Site[];
  readonly #resolve: NonNullable<ReplicaSetOptions["resolve"]>;
  readonly #probe: NonNullable<ReplicaSetOptions["probe"]>;
  readonly #nowMs: () => number;
  readonly #log: ReplicaSetOptions["log"];
  readonly #isFixed: boolean;
  #replicas: readonly KnownReplica[] = [];
  #looking: Promise<void> | undefined;
  #resolving: Promise<void> = Promise.resolve();
  #lookedMs = -Infinity;
  #resolvedMs = -Infinity;
  /** Requests that wait for a replica's answer. */
  #waiting = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = Math.floor(Math.random() * MAX_REPLICAS);

  constructor(
    urls: readonly string[],
    { resolve = resolveHost, probe = answersProbe, nowMs, log }: ReplicaSetOptions = {},
  ) {
    this.#sites = urls.map(siteOf);
    this.#resolve = resolve;
    this.#probe = probe;
    this.#nowMs = nowMs ?? (() => performance.now());
    this.#log = log;
    this.#isFixed = this.#sites.every(({ host }) => host === undefined);
    this.#gather();
  }

  /** Whether requests have a choice. */
  get isSpread(): boolean {
    return this.#replicas.length > 1;
  }

  /**
   * The replica for a request; `undefined` if all have been tried.
   *
   * @param keyOf makes the key; requests with the same one go to the same replica, as long as it answers
   * @param tried replicas that did not answer this request
   */
  async choose(
    keyOf: () => string | undefined,
    tried: ReadonlySet<Replica> = new Set(),
  ): Promise<Replica | undefined> {
    if (!this.#isFixed || this.isSpread) await this.#keepCurrent();
    const left = this.#replicas.filter((replica) => !tried.has(replica));
    const answering = left.filter(({ isEjected }) => !isEjected);
    const candidates = answering.length > 0 ? answering : left;
    if (candidates.length <= 1) return candidates[0];
    const key = keyOf();
    return key === undefined
      ? candidates[this.#turn++ % candidates.length]
      : candidates[rankByKey(key, candidates.map(({ name }) => name))];
  }

  /** Keeps looking around while `work` waits for an answer, also if no other request comes. */
  async whileWaiting<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    this.#waiting++;
    this.#startTimer();
    try {
      return await work();
    } finally {
      if (--this.#waiting === 0) this.#endTimer();
    }
  }

  /** Ejects a replica that could not be connected to, or broke a connection off. */
  failed(replica: Replica): void {
    const known = this.#replicas.find((known) => known === replica);
    if (!known || known.isEjected || !this.isSpread) return;
    known.isEjected = true;
    this.#log?.warn("replica: ejected", { replica: known.name, reason: "failed" });
  }

  /** One timer at a time, as long as requests wait. */
  #startTimer(): void {
    if (this.#timer !== undefined || !this.isSpread) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#keepCurrent();
      this.#startTimer();
    }, LOOK_INTERVAL_MS);
    Deno.unrefTimer(this.#timer);
  }

  #endTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Looks around if it is time, and waits for addresses where there are none to rely on. */
  async #keepCurrent(): Promise<void> {
    const nowMs = this.#nowMs();
    if (!this.#looking && nowMs - this.#lookedMs >= LOOK_INTERVAL_MS) {
      this.#lookedMs = nowMs;
      this.#looking = this.#look().finally(() => this.#looking = undefined);
    }
    if (!this.#isFixed && nowMs - this.#resolvedMs >= STALE_AFTER_MS) await this.#resolving;
  }

  async #look(): Promise<void> {
    this.#resolving = this.#resolveAll();
    await this.#resolving;
    if (this.isSpread) await Promise.all(this.#replicas.map((replica) => this.#ask(replica)));
  }

  async #resolveAll(): Promise<void> {
    await Promise.all(this.#sites.map((site) => this.#resolveSite(site)));
    this.#resolvedMs = this.#nowMs();
    this.#gather();
  }

  /** Updates a site's replicas. They stay as they are where the name cannot be resolved; with none the name is asked. */
  async #resolveSite(site: Site): Promise<void> {
    if (site.host === undefined) return;
    try {
      const addresses = await within(RESOLVE_TIMEOUT_MS, this.#resolve(site.host), () => {
        throw new Error("the name was not resolved in time");
      });
      if (addresses.length === 0) throw new Error("the name has no address");
      this.#update(site, addresses);
      site.isResolved = true;
    } catch (error) {
      if (site.isResolved || site.replicas.length === 0) {
        this.#log?.warn("replica: name not resolved", { host: site.host, error });
      }
      site.isResolved = false;
      if (site.replicas.length === 0) site.replicas = [new KnownReplica(site)];
    }
  }

  #update(site: Site, addresses: readonly string[]): void {
    const before = new Map(site.replicas.map((replica) => [replica.name, replica]));
    site.replicas = addresses.slice(0, MAX_REPLICAS).map((address) => {
      const name = nameOf(address, site.port);
      const known = before.get(name);
      before.delete(name);
      if (known) return known;
      const replica = new KnownReplica(site, { address, name });
      // At the start there is nobody else to ask.
      replica.isEjected = this.#replicas.length > 0;
      this.#log?.info("replica: found", { replica: name });
      return replica;
    });
    for (const gone of before.values()) {
      this.#log?.info("replica: gone", { replica: gone.name });
      gone.client?.close(); // Requests under way continue.
    }
  }

  #gather(): void {
    this.#replicas = this.#sites.flatMap(({ replicas }) => replicas).slice(0, MAX_REPLICAS);
  }

  async #ask(replica: KnownReplica): Promise<void> {
    if (await this.#probe(replica)) {
      if (replica.isEjected) this.#log?.info("replica: answers", { replica: replica.name });
      replica.isEjected = false;
      replica.missed = 0;
      return;
    }
    replica.missed++;
    if (replica.missed < PROBES_UNTIL_EJECTED || replica.isEjected) return;
    this.#log?.warn("replica: ejected", { replica: replica.name, reason: "silent" });
    replica.isEjected = true;
    replica.fallSilent();
  }
}

class KnownReplica implements Replica {
  readonly name: string;
  readonly base: string;
  readonly client?: Deno.HttpClient;
  /** It failed, is silent, or is new, and has answered no probe since. */
  isEjected = false;
  /** Probes without an answer since the last answer. */
  missed = 0;
  #silence = new AbortController();

  constructor(
    { base, port }: Pick<Site, "base" | "port">,
    place?: { address: string; name: string },
  ) {
    this.base = base;
    this.name = place?.name ?? base;
    if (!place) return;
    // Does no TLS: it must never get an `https:` URL, which it would send in clear.
    const proxy = { transport: "tcp", hostname: place.address, port } as const;
    this.client = Deno.createHttpClient({ proxy });
  }

  get silence(): AbortSignal {
    return this.#silence.signal;
  }

  fallSilent(): void {
    this.#silence.abort(new Error("the replica is silent"));
    this.#silence = new AbortController();
  }
}

function siteOf(url: string): Site {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  const isAsked = protocol === "https:" || host === "localhost" || isIP(host) !== 0;
  const site: Site = {
    base: url.replace(/\/+$/, ""),
    host: isAsked ? undefined : host,
    port: Number(port) || 80,
    replicas: [],
    isResolved: false,
  };
  if (isAsked) site.replicas = [new KnownReplica(site)];
  return site;
}

function nameOf(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

async function answersProbe({ base, client }: Replica): Promise<boolean> {
  try {
    const response = await fetch(base + PROBE_PATH, {
      redirect: "manual",
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
      ...(client ? { client } : {}),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

import type { Random } from "@evently/shared/testing";
import type { SaleDeps } from "../../services/booking/deps.ts";
import type { Caller, Network, Outcome } from "./network.ts";
import { createProcess, type SharedParts } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";
import { OUTBOX, type SimulatedWorker, WAITLIST, WORKERS } from "./workers.ts";

/** A client's request to a process. */
export interface Request<T> {
  label: string;
  work: (deps: SaleDeps) => Promise<T>;
  /** Called with the client's outcome; twice if the request was delivered twice. */
  settle: (outcome: Outcome<T>) => void;
}

const MAX_DOWNTIME_MS = 60_000;

/** Runs, crashes and restarts a process. The clock skew survives restarts. */
export class Host {
  readonly name: string;
  skewMs: number;
  readonly #place: number;
  readonly #world: HostWorld;
  #life: Caller = { name: "", alive: false };
  #deps: SaleDeps | undefined;
  #lives = 0;
  /** Callbacks of clients that await an answer from this run of the process. */
  readonly #waiting = new Set<() => void>();
  /** Workers that a nudge will wake. */
  readonly #nudged = new Set<SimulatedWorker>();
  /** What a nudge of each makes this run of the process do. */
  #passes = new Map<SimulatedWorker, () => Promise<unknown>>();

  constructor(place: number, world: HostWorld) {
    this.#place = place;
    this.#world = world;
    this.name = `p${place}`;
    this.skewMs = world.skewsMs[place]!;
    this.start();
  }

  get isUp(): boolean {
    return this.#life.alive;
  }

  start(): void {
    const { shared, scheduler } = this.#world;
    const life = { name: `${this.name}.${++this.#lives}`, alive: true };
    this.#life = life;
    const clock = { now: () => new Date(scheduler.nowMs + this.skewMs) };
    const process = createProcess(life, shared, {
      clock,
      wake: { outbox: () => this.#nudge(OUTBOX), waitlist: () => this.#nudge(WAITLIST) },
    });
    this.#deps = process.deps;
    const waitlist = oneAtATime(WAITLIST.create(process));
    this.#passes = new Map([[OUTBOX, () => OUTBOX.create(process)()], [WAITLIST, waitlist]]);
    this.#schedule(life, WAITLIST, waitlist);
    for (const worker of WORKERS) {
      if (worker !== WAITLIST) this.#schedule(life, worker, worker.create(process));
    }
  }

  /** Crashes the process: its memory and pending calls are lost, and so are answers to clients. */
  crash(): void {
    this.#world.trace.add(`${this.#life.name} crashes`);
    this.#life.alive = false;
    this.#deps = undefined;
    for (const lose of this.#waiting) lose();
    this.#waiting.clear();
    const downtimeMs = this.#world.random.below(MAX_DOWNTIME_MS);
    const restart = { label: `${this.name} restarts`, run: () => this.isUp || this.start() };
    this.#world.scheduler.add(restart, downtimeMs);
  }

  /** Delivers a client's request to this process, and the answer to the client. */
  request<T>(request: Request<T>): void {
    const { network, scheduler, faults } = this.#world;
    const label = `client → ${this.name} ${request.label}`;
    const lost = () => request.settle({ lost: true });
    if (network.shouldInject("lost", faults.lost)) return scheduler.add({ label, run: lost }, 0);
    scheduler.add({ label, run: () => this.#serve(request) }, network.delayMs());
    if (network.shouldInject("doubled", faults.doubled)) {
      scheduler.add({ label, run: () => this.#serve(request) }, network.latenessMs());
    }
  }

  #serve<T>({ label, work, settle }: Request<T>): void {
    const { network, scheduler, faults } = this.#world;
    const life = this.#life;
    if (!this.#deps) return settle({ lost: true });
    const lose = () => settle({ lost: true });
    this.#waiting.add(lose);
    const answer = (outcome: Outcome<T>) => {
      if (!life.alive) return;
      this.#waiting.delete(lose);
      const answerLost = network.shouldInject("answerLost", faults.answerLost);
      scheduler.add({
        label: `client ← ${this.name} ${label}: ${answerLost ? "lost" : describe(outcome)}`,
        run: () => settle(answerLost ? { lost: true } : outcome),
      }, network.delayMs());
    };
    work(this.#deps).then((ok) => answer({ ok }), (error) => answer({ error }));
  }

  #nudge(worker: SimulatedWorker): void {
    if (this.#nudged.has(worker) || this.#isDead(worker)) return;
    this.#nudged.add(worker);
    const life = this.#life;
    const run = () => {
      this.#nudged.delete(worker);
      const pass = this.#passes.get(worker);
      if (life.alive && pass) void this.#pass(life, pass);
    };
    this.#world.scheduler.add({ label: `${life.name} ${worker.name}`, run }, 0);
  }

  /** Runs passes of a worker at its interval, one after the other. */
  #schedule(life: Caller, worker: SimulatedWorker, pass: () => Promise<unknown>): void {
    const { scheduler, random } = this.#world;
    const run = async () => {
      if (!life.alive) return;
      if (!this.#isDead(worker)) await this.#pass(life, pass);
      scheduler.add({ label: `${life.name} ${worker.name}`, run }, worker.intervalMs);
    };
    scheduler.add({ label: `${life.name} ${worker.name}`, run }, random.below(worker.intervalMs));
  }

  async #pass(life: Caller, pass: () => Promise<unknown>): Promise<void> {
    try {
      await pass();
    } catch (error) {
      this.#world.onFailedPass(life.name, error);
    }
  }

  #isDead(worker: SimulatedWorker): boolean {
    const { network, dead } = this.#world;
    return !network.calm && dead.has(`${this.#place} ${worker.name}`);
  }
}

/** Dependencies of a {@link Host}. */
export interface HostWorld {
  random: Random;
  scheduler: Scheduler;
  network: Network;
  trace: Trace;
  shared: SharedParts;
  skewsMs: readonly number[];
  faults: { lost: number; answerLost: number; doubled: number };
  dead: ReadonlySet<string>;
  /** Called with an error that a worker threw. */
  onFailedPass: (name: string, error: unknown) => void;
}

/** Runs passes one at a time, as `createWorker` does; those that are wanted meanwhile cause one more. */
function oneAtATime(pass: () => Promise<unknown>): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        if (await pass() === true) isWanted = true;
      }
    } finally {
      isRunning = false;
    }
  };
}

function describe(outcome: Outcome<unknown>): string {
  return "error" in outcome ? String(outcome.error) : "ok";
}

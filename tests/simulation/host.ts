import type { Random } from "@evently/shared/testing";
import type { BookingDeps } from "../../services/booking/deps.ts";
import type { Caller, Network, Outcome } from "./network.ts";
import { createProcess, type Surroundings } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";
import { OUTBOX, type SimulatedWorker, WORKERS } from "./workers.ts";

/** A client's request to a process. */
export interface Request<T> {
  label: string;
  work: (deps: BookingDeps) => Promise<T>;
  /** Told what the client hears; twice where the request was delivered twice. */
  settle: (outcome: Outcome<T>) => void;
}

const LONGEST_DOWNTIME_MS = 60_000;

/** Where a process lives, dies and is started again; its clock stays wrong by the same amount. */
export class Host {
  readonly name: string;
  skewMs: number;
  readonly #place: number;
  readonly #world: HostWorld;
  #life: Caller = { name: "", alive: false };
  #deps: BookingDeps | undefined;
  #lives = 0;
  /** Clients that wait for an answer of this life. */
  readonly #waiting = new Set<() => void>();
  #nudged = false;

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
    const { around, scheduler } = this.#world;
    const life = { name: `${this.name}.${++this.#lives}`, alive: true };
    this.#life = life;
    const clock = { now: () => new Date(scheduler.nowMs + this.skewMs) };
    const deps = createProcess(life, around, { clock, nudge: () => this.#nudge() });
    this.#deps = deps;
    for (const worker of WORKERS) this.#schedule(life, worker, worker.create(deps));
  }

  /** All that the process knew and waited for is gone; so are the answers that clients wait for. */
  crash(): void {
    this.#world.trace.add(`${this.#life.name} crashes`);
    this.#life.alive = false;
    this.#deps = undefined;
    for (const lose of this.#waiting) lose();
    this.#waiting.clear();
    const downtimeMs = this.#world.random.below(LONGEST_DOWNTIME_MS);
    const restart = { label: `${this.name} starts again`, run: () => this.isUp || this.start() };
    this.#world.scheduler.add(restart, downtimeMs);
  }

  /** Carries a client's request to this process, and its answer back. */
  request<T>(request: Request<T>): void {
    const { network, scheduler, faults } = this.#world;
    const label = `client → ${this.name} ${request.label}`;
    const lost = () => request.settle({ lost: true });
    if (network.injects("lost", faults.lost)) return scheduler.add({ label, run: lost }, 0);
    scheduler.add({ label, run: () => this.#serve(request) }, network.delayMs());
    if (network.injects("doubled", faults.doubled)) {
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
      const hangsUp = network.injects("answerLost", faults.answerLost);
      scheduler.add({
        label: `client ← ${this.name} ${label}: ${hangsUp ? "lost" : describe(outcome)}`,
        run: () => settle(hangsUp ? { lost: true } : outcome),
      }, network.delayMs());
    };
    work(this.#deps).then((ok) => answer({ ok }), (error) => answer({ error }));
  }

  #nudge(): void {
    if (this.#nudged || this.#isDead(OUTBOX)) return;
    this.#nudged = true;
    const life = this.#life;
    const run = () => {
      this.#nudged = false;
      if (life.alive && this.#deps) void this.#pass(life, OUTBOX.create(this.#deps));
    };
    this.#world.scheduler.add({ label: `${life.name} outbox`, run }, 0);
  }

  /** A pass, and when it is over the next. */
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

/** What a {@link Host} stands in. */
export interface HostWorld {
  random: Random;
  scheduler: Scheduler;
  network: Network;
  trace: Trace;
  around: Surroundings;
  skewsMs: readonly number[];
  faults: { lost: number; answerLost: number; doubled: number };
  dead: ReadonlySet<string>;
  /** Told of what a worker threw. */
  onFailedPass: (name: string, error: unknown) => void;
}

function describe(outcome: Outcome<unknown>): string {
  return "error" in outcome ? String(outcome.error) : "ok";
}

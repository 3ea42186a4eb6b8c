import { Worker } from "node:worker_threads";
import type { Argon2 } from "./argon2.ts";

/** Makes a hash of the password, or verifies it against `hash` where there is one. */
export interface WorkerRequest {
  id: number;
  password: Uint8Array;
  hash?: string;
}

export type WorkerAnswer = { id: number; result: string | boolean } | { id: number; error: string };

/** What a worker computes with. */
export type WorkerCode = "native" | "wasm";

/** The most threads of one {@link Argon2}; they are started when they are first needed. */
const MAX_THREADS = 8;

/**
 * Argon2 on so many threads, which let every other thread of this process go first.
 */
export function openWorkerArgon2(code: WorkerCode, threads = 1): Argon2 {
  const workers = Array.from(
    { length: Math.min(threads, MAX_THREADS) },
    () => new ArgonWorker(code),
  );
  const idlest = () => workers.reduce((a, b) => b.asked < a.asked ? b : a);
  return {
    hash: async (password) => String(await idlest().ask({ password })),
    verify: async (password, hash) => await idlest().ask({ password, hash }) === true,
  };
}

/** A worker that keeps the process from ending only while it is asked something. */
class ArgonWorker {
  readonly #code: WorkerCode;
  readonly #asked = new Map<number, PromiseWithResolvers<string | boolean>>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(code: WorkerCode) {
    this.#code = code;
  }

  /** How many questions are open. */
  get asked(): number {
    return this.#asked.size;
  }

  ask(request: Omit<WorkerRequest, "id">): Promise<string | boolean> {
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<string | boolean>();
    this.#asked.set(id, answer);
    this.#worker.ref();
    this.#worker.postMessage({ id, ...request } satisfies WorkerRequest);
    return answer.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: this.#code });
    worker.on("message", (data: WorkerAnswer) => {
      const asked = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if (this.#asked.size === 0) worker.unref();
      if ("error" in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.result);
    });
    worker.on("error", (cause: unknown) => {
      this.#worker = undefined;
      const error = new Error("Cannot hash as the worker failed", { cause });
      for (const { reject } of this.#asked.values()) reject(error);
      this.#asked.clear();
      worker.unref();
    });
    return worker;
  }
}

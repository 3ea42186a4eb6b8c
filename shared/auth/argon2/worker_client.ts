import type { Argon2 } from "./argon2.ts";

/** Makes a hash of the password, or verifies it against `hash` where there is one. */
export interface WorkerRequest {
  id: number;
  password: Uint8Array;
  hash?: string;
}

export type WorkerAnswer = { id: number; result: string | boolean } | { id: number; error: string };

/** WebAssembly in a Web Worker, so that the event loop stays free. */
export function openWorkerArgon2(): Argon2 {
  const worker = new IdleWorker();
  return {
    hash: async (password) => String(await worker.ask({ password })),
    verify: async (password, hash) => await worker.ask({ password, hash }) === true,
  };
}

/** A worker that lives only while it is asked something, as a living one keeps the process from ending. */
class IdleWorker {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #asked = new Map<number, PromiseWithResolvers<string | boolean>>();

  ask(request: Omit<WorkerRequest, "id">): Promise<string | boolean> {
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<string | boolean>();
    this.#asked.set(id, answer);
    this.#worker.postMessage({ id, ...request } satisfies WorkerRequest);
    return answer.promise;
  }

  #start(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url).href, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      const asked = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if ("error" in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.result);
      if (this.#asked.size === 0) this.#stop();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(`Cannot hash as the worker failed: ${event.message}`);
      for (const { reject } of this.#asked.values()) reject(error);
      this.#asked.clear();
      this.#stop();
    };
    return worker;
  }

  #stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

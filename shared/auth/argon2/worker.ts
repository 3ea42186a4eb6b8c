/** The program of the Web Worker that {@link openWorkerArgon2} starts. */
/// <reference lib="deno.worker" />
import { openWasmArgon2 } from "./wasm.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker_client.ts";

const argon2 = openWasmArgon2();

self.onmessage = async ({ data }: MessageEvent<WorkerRequest>) => {
  self.postMessage(await answer(data));
};

async function answer({ id, password, hash }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const { hash: make, verify } = await argon2;
    return { id, result: hash === undefined ? await make(password) : await verify(password, hash) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

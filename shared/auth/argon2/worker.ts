/** The program of the threads that {@link openWorkerArgon2} starts. */
import { parentPort, workerData } from "node:worker_threads";
import { runInBackground } from "./background_thread.ts";
import { openNativeArgon2InPlace } from "./native.ts";
import { openWasmArgon2 } from "./wasm.ts";
import type { WorkerAnswer, WorkerCode, WorkerRequest } from "./worker_client.ts";

runInBackground();
const argon2 = (workerData as WorkerCode) === "native"
  ? openNativeArgon2InPlace()
  : openWasmArgon2();

parentPort!.on("message", async (request: WorkerRequest) => {
  parentPort!.postMessage(await answer(request));
});

async function answer({ id, password, hash }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const { hash: make, verify } = await argon2;
    return { id, result: hash === undefined ? await make(password) : await verify(password, hash) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

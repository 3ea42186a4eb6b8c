import { useSyncExternalStore } from "react";

/** How a file that is fetched gets on. */
export type DownloadState =
  | { status: "none" }
  | { status: "under way"; bytes: number }
  | { status: "saved"; bytes: number }
  | { status: "stopped" | "broken" | "busy" | "refused" | "too large" };

/** A file of the API. */
export interface WantedFile {
  /** Path of the API, with its query. */
  path: string;
  /** Name under which it is saved. */
  name: string;
}

/** A browser holds a file until it is whole; more than that is for programs. */
const MAX_BYTES = 200 * 1024 * 1024;
/** Files whose outcome is remembered. */
const MAX_REMEMBERED = 20;
/** Between two looks at how far a file is. */
const TELL_MS = 100;
const UNAVAILABLE = 503;

const NONE: DownloadState = { status: "none" };
const states = new Map<string, DownloadState>();
const running = new Map<string, AbortController>();
const listeners = new Set<() => void>();

/** How a file gets on, whatever page began it. */
export function useDownload(path: string): DownloadState {
  return useSyncExternalStore(subscribe, () => states.get(path) ?? NONE, () => NONE);
}

/**
 * Fetches a file whole and saves it; it goes on when the page that began it is left. A file that breaks off is not
 * saved, so that nobody takes a part for the whole.
 */
export async function startDownload(
  { path, name }: WantedFile,
  send: (request: Request) => Promise<Response>,
): Promise<void> {
  if (running.has(path)) return;
  const stop = new AbortController();
  running.set(path, stop);
  tell(path, { status: "under way", bytes: 0 });
  try {
    const request = new Request(location.origin + path, {
      headers: { Accept: "text/csv" },
      signal: stop.signal,
    });
    const response = await send(request);
    if (!response.ok || !response.body) {
      const isBusy = response.status === UNAVAILABLE;
      return tell(path, { status: isBusy ? "busy" : "refused" });
    }
    const parts = await read(path, response.body);
    if (!parts) {
      stop.abort();
      return tell(path, { status: "too large" });
    }
    const file = new Blob(parts, { type: "text/csv" });
    save(file, name);
    tell(path, { status: "saved", bytes: file.size });
  } catch {
    tell(path, { status: stop.signal.aborted ? "stopped" : "broken" });
  } finally {
    running.delete(path);
  }
}

/** Ends the fetching of a file. */
export function stopDownload(path: string): void {
  running.get(path)?.abort();
}

/** Ends the fetching of all files, and forgets what became of others: they are of the organiser who leaves. */
export function forgetDownloads(): void {
  for (const stop of running.values()) stop.abort();
  states.clear();
}

/** Reads a file to its end; `undefined` if it is too large. */
async function read(
  path: string,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>[] | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0, toldMs = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > MAX_BYTES) return undefined;
    if (performance.now() - toldMs < TELL_MS) continue;
    toldMs = performance.now();
    tell(path, { status: "under way", bytes });
  }
  return parts;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has it by then.
  setTimeout(() => URL.revokeObjectURL(address));
}

function tell(path: string, state: DownloadState): void {
  states.delete(path);
  states.set(path, state);
  const [oldest] = states.keys();
  if (states.size > MAX_REMEMBERED && oldest !== undefined) states.delete(oldest);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Shares the run of a request with identical requests that arrive meanwhile. A failure is not shared: it may rest on
 * a look that is older than the other request, so that request runs by itself.
 */
export class SharedRuns<Result extends object> {
  readonly #running = new Map<string, Promise<Result>>();

  async join(key: string, run: () => Promise<Result>): Promise<Result> {
    const other = this.#running.get(key);
    const shared = other && await other.catch(() => undefined);
    if (shared) return shared;
    const running = run();
    this.#running.set(key, running);
    try {
      return await running;
    } finally {
      this.#running.delete(key);
    }
  }
}

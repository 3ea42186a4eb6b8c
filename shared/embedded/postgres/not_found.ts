/** For `.catch()`: a file that is not there is `undefined`, every other failure stays one. */
export function ignoreNotFound(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** Sends OTLP over HTTP as JSON; returns the status of the answer. */
export async function sendOtlp(url: string, body: unknown): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return response.status;
}

/** A random id of so many bytes. */
export function hexId(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}

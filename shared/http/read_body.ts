import { DomainError } from "../errors/mod.ts";

/**
 * Reads a body of unknown length as text.
 *
 * @throws {DomainError} `PAYLOAD_TOO_LARGE`: it has more bytes than `maxBytes`; the rest is not read
 * @throws {DomainError} `INVALID_JSON`: it is not UTF-8
 */
export async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { maxBytes }: { maxBytes: number },
): Promise<string> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decodeUtf8(await new Blob(chunks).bytes());
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw payloadTooLarge();
    }
    chunks.push(value);
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes the bytes of a body.
 *
 * @throws {DomainError} `INVALID_JSON`: they are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new DomainError("INVALID_JSON", "Invalid JSON in request body: it is not UTF-8");
  }
}

/** The error for a body that is too large. */
export function payloadTooLarge(): DomainError {
  return new DomainError("PAYLOAD_TOO_LARGE");
}

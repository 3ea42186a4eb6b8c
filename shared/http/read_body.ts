import { DomainError } from "../errors.ts";

/**
 * Reads a body of unknown length as text.
 *
 * @throws {DomainError} `PAYLOAD_TOO_LARGE`: it has more bytes than `maxBytes`; the rest is not read
 */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  { maxBytes }: { maxBytes: number },
): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw payloadTooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What is said of a body that is too large. */
export function payloadTooLarge(): DomainError {
  return new DomainError("PAYLOAD_TOO_LARGE", "Request body is too large");
}

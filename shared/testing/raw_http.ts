/** Longest response that is read. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** A response, undecoded, up to the close of the connection. */
export interface RawAnswer {
  status: number;
  /** Headers of the first response on the connection. */
  headers: Headers;
  body: string;
}

/** Sends lines unchanged, as no HTTP client would, and waits until the server closes the connection. */
export async function sendRaw(
  port: number,
  lines: readonly string[],
  { body = "" }: { body?: string } = {},
): Promise<RawAnswer> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await writeAll(connection, bytesOf(`${lines.join("\r\n")}\r\n\r\n${body}`));
  return parseAnswer(await readAll(connection));
}

/** Reads until the peer closes or resets the connection. */
export async function readAll(connection: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(64 * 1024);
  let text = "";
  for (;;) {
    const count = await connection.read(buffer).catch((error) => {
      if (error instanceof Deno.errors.ConnectionReset) return null;
      throw error;
    });
    if (count === null) return text + decoder.decode();
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    if (text.length > MAX_ANSWER_BYTES) throw new Error("The answer does not end");
  }
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await connection.write(bytes.subarray(written));
  }
}

/** Encodes each character as one byte, so that tests can send invalid UTF-8. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Parses a raw HTTP response.
 *
 * @throws {Error} if the text is not one
 */
export function parseAnswer(text: string): RawAnswer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [statusLine = "", ...fields] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  if (!status) throw new Error(`This is no HTTP answer: ${text.slice(0, 200)}`);
  const headers = new Headers(fields.map((field) => {
    const colon = field.indexOf(":");
    return [field.slice(0, colon), field.slice(colon + 1).trim()] as [string, string];
  }));
  return { status, headers, body: rest.join("\r\n\r\n") };
}

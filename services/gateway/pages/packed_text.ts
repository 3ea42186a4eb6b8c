import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A large text that does not change while the process runs, ready to be sent. */
export interface PackedText {
  plain: string;
  gzipped: Uint8Array<ArrayBuffer>;
  /** Weak, as it names the text and not the bytes, which its encoding decides. */
  etag: string;
}

/** Packs a text once, so that no request pays for it. */
export async function packText(plain: string): Promise<PackedText> {
  const digest = createHash("sha256").update(plain).digest("base64url");
  const gzipped = await promisify(gzip)(plain, { level: 9 });
  return { plain, gzipped: new Uint8Array(gzipped), etag: `W/"${digest}"` };
}

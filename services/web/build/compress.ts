import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** Smaller files gain nothing. */
const LEAST_BYTES = 1024;
const TEXT = /\.(js|css|svg|json)$/;
const BEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Writes a `.br` and a `.gz` beside each text file of the output, so that no request waits for compression. It reads
 * the files as written: before that, Vite still replaces marks in them.
 */
export function precompress(): Plugin {
  return {
    name: "evently:precompress",
    async writeBundle({ dir }, bundle) {
      const paths = Object.keys(bundle).filter((name) => TEXT.test(name))
        .map((name) => join(dir!, name));
      await Promise.all(paths.map(compressFile));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  if (bytes.length < LEAST_BYTES) return;
  const [br, gz] = await Promise.all([brotli(bytes, BEST), gzipped(bytes, { level: 9 })]);
  await Promise.all([Deno.writeFile(`${path}.br`, br), Deno.writeFile(`${path}.gz`, gz)]);
}

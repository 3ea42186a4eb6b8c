import { LRUCache } from "lru-cache";
import { lookOf } from "../cover/kinds.ts";

/** Size that link previews are shown at. */
export const PREVIEW_SIZE = { width: 1200, height: 630 };
/** A picture is about 80 kB: 5 MB in all. */
const MAX_KEPT = 64;
/** Further pictures wait; it is a share of one core at most. */
const MAX_WAITING = 16;

/** A PNG file. */
export type Png = Uint8Array<ArrayBuffer>;

/** Makes a PNG of an SVG off the event loop. */
export type Rasterize = (svg: string) => Promise<Png>;

/** Pictures of link previews. */
export interface Previews {
  /** The cover of an event as PNG; `undefined` while too many are asked for, or where none can be made. */
  pictureOf(eventType: string, eventId: string): Promise<Png | undefined>;
}

/**
 * Makes pictures one at a time on a thread of the library's, and keeps the last ones, so a crowd of crawlers costs an
 * on-sale little. `open` loads the library with the first picture; where it does not load, there are none.
 */
export function createPreviews(open: () => Promise<Rasterize> = openResvg): Previews {
  const kept = new LRUCache<string, Promise<Png>>({ max: MAX_KEPT });
  let opening: Promise<Rasterize | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function make(rasterize: Rasterize, svg: string): Promise<Png> {
    const turn = last;
    const done = Promise.withResolvers<void>();
    last = done.promise;
    waiting++;
    try {
      await turn;
      return await rasterize(svg);
    } finally {
      waiting--;
      done.resolve();
    }
  }

  return {
    async pictureOf(eventType, eventId) {
      // Kinds of one look share the picture; a text that people chose is no key.
      const key = `${eventId} ${lookOf(eventType).motif}`;
      const [rasterize, { coverSvg }] = await Promise.all([
        opening ??= open().catch(() => undefined),
        import("../cover/cover.ts"),
      ]);
      const earlier = kept.get(key);
      if (earlier) return await earlier;
      if (!rasterize || waiting >= MAX_WAITING) return undefined;
      const png = make(rasterize, coverSvg(eventType, eventId, PREVIEW_SIZE));
      kept.set(key, png);
      png.catch(() => kept.delete(key));
      return await png;
    },
  };
}

/** @throws {Error} the library does not load: unsupported platform, or no `--allow-ffi` */
async function openResvg(): Promise<Rasterize> {
  const { renderAsync } = await import("@resvg/resvg-js");
  // Covers have no text; reading the machine's fonts would take most of the time.
  const options = { font: { loadSystemFonts: false } };
  return async (svg) => new Uint8Array((await renderAsync(svg, options)).asPng());
}

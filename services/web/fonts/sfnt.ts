/** What is read of a TrueType or OpenType font whose axes are pinned. Lengths are in font units. */
export interface Sfnt {
  unitsPerEm: number;
  ascent: number;
  /** Positive, below the baseline. */
  descent: number;
  lineGap: number;
  /** Advance of a character; `undefined` where the font has none. */
  widthOf(character: string): number | undefined;
}

/** Offset of the table directory's records, and their length. */
const DIRECTORY_AT = 12;
const RECORD_BYTES = 16;
/** A set flag says that line heights are those of the `OS/2` table. */
const USE_TYPO_METRICS = 1 << 7;
const UNICODE_BMP_FORMAT = 4;

/**
 * Reads metrics and advances of a font (OpenType 1.9: `head`, `hhea`, `OS/2`, `hmtx`, `cmap`).
 *
 * @throws {Error} the font lacks a table, or has no map of Unicode characters in format 4
 */
export function readSfnt(bytes: Uint8Array): Sfnt {
  const table = tablesOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const hhea = table("hhea"), os2 = table("OS/2"), hmtx = table("hmtx");
  const longMetrics = hhea.getUint16(34);
  const glyphOf = glyphsOf(table("cmap"));
  const typo = (os2.getUint16(62) & USE_TYPO_METRICS) !== 0;
  const [metrics, at] = typo ? [os2, 68] as const : [hhea, 4] as const;
  return {
    unitsPerEm: table("head").getUint16(18),
    ascent: metrics.getInt16(at),
    descent: -metrics.getInt16(at + 2),
    lineGap: metrics.getInt16(at + 4),
    widthOf(character) {
      const glyph = glyphOf(character.codePointAt(0)!);
      return glyph === 0 ? undefined : hmtx.getUint16(4 * Math.min(glyph, longMetrics - 1));
    },
  };
}

function tablesOf(font: DataView): (tag: string) => DataView {
  const tables = new Map<string, DataView>();
  const count = font.getUint16(4);
  for (let index = 0; index < count; index++) {
    const record = DIRECTORY_AT + index * RECORD_BYTES;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((i) => font.getUint8(record + i)));
    const start = font.byteOffset + font.getUint32(record + 8);
    tables.set(tag, new DataView(font.buffer, start, font.getUint32(record + 12)));
  }
  return (tag) => {
    const found = tables.get(tag);
    if (!found) throw new Error(`the font has no table ${tag}`);
    return found;
  };
}

/** The glyph of a code point, 0 for none, by the segments of format 4. */
function glyphsOf(cmap: DataView): (codePoint: number) => number {
  const map = unicodeMapOf(cmap);
  const doubled = map.getUint16(6);
  const ends = 14,
    starts = ends + doubled + 2,
    deltas = starts + doubled,
    offsets = deltas + doubled;
  return (codePoint) => {
    for (let segment = 0; segment < doubled; segment += 2) {
      if (codePoint > map.getUint16(ends + segment)) continue;
      const start = map.getUint16(starts + segment);
      if (codePoint < start) return 0;
      const delta = map.getUint16(deltas + segment), offset = map.getUint16(offsets + segment);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const glyph = map.getUint16(offsets + segment + offset + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

function unicodeMapOf(cmap: DataView): DataView {
  const count = cmap.getUint16(2);
  for (let index = 0; index < count; index++) {
    const at = cmap.getUint32(4 + index * 8 + 4);
    if (cmap.getUint16(at) === UNICODE_BMP_FORMAT) {
      return new DataView(cmap.buffer, cmap.byteOffset + at, cmap.getUint16(at + 2));
    }
  }
  throw new Error("the font has no character map in format 4");
}

import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { Unavailable } from "../errors/mod.ts";

/** A cell of a table; `undefined` is empty. */
export type CsvCell = string | number | undefined;

/** A table that is read page by page, so that only one page of it is in memory. */
export interface CsvTable<Row> {
  /** Without its ending; letters, digits, dots, hyphens and underscores. */
  name: string;
  /** What each column shows of a row, by its heading. */
  columns: Readonly<Record<string, (row: Row) => CsvCell>>;
  /** Ended when the reader goes. */
  pages: AsyncIterable<readonly Row[]>;
}

/** Spreadsheets take a file with this mark for UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";
/** Formulas begin so (OWASP, CSV injection): at the start of a cell, … */
const FORMULA = /^(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;
/** … and of what a spreadsheet with another separator takes for one. */
const LATER_FORMULAS = /([;|\t\r\n])(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$/;
/** A reader that takes nothing for so long gives its room to another one. */
const MAX_IDLE_MS = 60_000;
const FULL_RETRY_S = 10;

/** One line of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(cell: CsvCell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = cell.replace(LATER_FORMULAS, "$1'").replace(FORMULA, "'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether the client asks for a table as CSV rather than JSON. An answer that depends on it has `Vary: Accept`. */
export function prefersCsv(c: Context): boolean {
  const type = accepts(c, {
    header: "Accept",
    supports: ["application/json", "text/csv"],
    default: "application/json",
  });
  return type === "text/csv";
}

function headersOf(name: string) {
  return {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="${name}.csv"`,
    "Cache-Control": "no-store",
    "Vary": "Accept",
  };
}

/** A CSV file that is being read. */
interface OpenExport {
  readAtMs: number;
  end(): void;
}

/** The CSV files of one kind that this process sends. A page is read when the reader has taken the one before. */
export class CsvExports {
  readonly #max: number;
  readonly #nowMs: () => number;
  readonly #open = new Set<OpenExport>();

  /** @param options.max files that are sent at once */
  constructor({ max, nowMs = () => performance.now() }: { max: number; nowMs?: () => number }) {
    this.#max = max;
    this.#nowMs = nowMs;
  }

  /**
   * Answers a request with a file.
   *
   * @throws as {@link send}
   */
  async answer<Row>(c: Context, { name, ...table }: CsvTable<Row>): Promise<Response> {
    // A HEAD request is answered by the same route, and nobody would read its file.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, headersOf(name));
    return c.body(await this.send(table), 200, headersOf(name));
  }

  /** Files that are being sent. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Opens a file; its first page is read before. A page that cannot be read breaks the file off, so that nobody takes a
   * part for the whole.
   *
   * @throws {Unavailable} too many are sent at once; whatever the first page throws
   */
  async send<Row>({ columns, pages }: Omit<CsvTable<Row>, "name">): Promise<ReadableStream> {
    this.#makeRoom();
    const reading = pages[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    const cellsOf = Object.values(columns);
    const head = BYTE_ORDER_MARK + csvLine(Object.keys(columns));
    const toLines = (rows: readonly Row[]) =>
      rows.map((row) => csvLine(cellsOf.map((cellOf) => cellOf(row)))).join("");

    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const opened: OpenExport = {
      readAtMs: this.#nowMs(),
      end() {
        controller?.error(new Error("export: read too slowly"));
        void reading.return?.();
      },
    };
    this.#open.add(opened);
    try {
      let first: IteratorResult<readonly Row[]> | undefined = await reading.next();
      return new ReadableStream<Uint8Array>({
        start(started) {
          controller = started;
          started.enqueue(encoder.encode(head));
        },
        pull: async (controller) => {
          opened.readAtMs = this.#nowMs();
          try {
            const lines = await nextLines(() => {
              const next = first ?? reading.next();
              first = undefined;
              return next;
            }, toLines);
            if (lines !== undefined) return controller.enqueue(encoder.encode(lines));
            this.#open.delete(opened);
            controller.close();
          } catch (error) {
            this.#open.delete(opened);
            throw error;
          }
        },
        cancel: async () => {
          this.#open.delete(opened);
          await reading.return?.();
        },
      }, { highWaterMark: 0 });
    } catch (error) {
      this.#open.delete(opened);
      throw error;
    }
  }

  #makeRoom(): void {
    if (this.#open.size < this.#max) return;
    const idleSinceMs = this.#nowMs() - MAX_IDLE_MS;
    const idle = [...this.#open].find(({ readAtMs }) => readAtMs <= idleSinceMs);
    if (!idle) {
      throw new Unavailable("Too many exports at once. Please try again.", {
        retryAfterS: FULL_RETRY_S,
      });
    }
    this.#open.delete(idle);
    idle.end();
  }
}

/** The lines of the next page that has any; `undefined` at the end. */
async function nextLines<Row>(
  next: () => IteratorResult<readonly Row[]> | Promise<IteratorResult<readonly Row[]>>,
  toLines: (rows: readonly Row[]) => string,
): Promise<string | undefined> {
  for (;;) {
    const { done, value } = await next();
    if (done) return undefined;
    if (value.length > 0) return toLines(value);
  }
}

/** A page of rows, and from where the next one is read; without it there is none. */
export interface RowPage<Row> {
  rows: readonly Row[];
  next?: string | undefined;
}

/**
 * Reads pages until there are no more.
 *
 * @param options.maxPages more than any table has; beyond it reading fails
 */
export async function* readPages<Row>(
  read: (after: string | undefined) => Promise<RowPage<Row>>,
  { maxPages }: { maxPages: number },
): AsyncGenerator<readonly Row[]> {
  let after: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { rows, next } = await read(after);
    yield rows;
    if (next === undefined) return;
    after = next;
  }
  throw new Error(`export: more than ${maxPages} pages`);
}

import { ReplyError, syntaxError } from "./reply.ts";

/** The argument at `index`; the arity check has made sure that it is there. */
export function at(args: readonly string[], index: number): string {
  const arg = args[index];
  if (arg === undefined) throw syntaxError();
  return arg;
}

const NO_INTEGER = "ERR value is not an integer or out of range";

/** A whole number. Redis allows 64 bits, this engine the 53 of a JavaScript number. */
export function integer(text: string, complaint = NO_INTEGER): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) throw new ReplyError(complaint);
  return value;
}

/** The sum of whole numbers, as the commands make it that count. */
export function sum(a: number, b: number): number {
  if (Number.isSafeInteger(a + b)) return a + b;
  throw new ReplyError("ERR increment or decrement would overflow");
}

/** A score of a sorted set: any double but NaN, `inf` and `-inf` among them. */
export function score(text: string): number {
  const value = double(text);
  if (value === undefined) throw new ReplyError("ERR value is not a valid float");
  return value;
}

/** One end of a range of scores: `5`, `(5` (without 5 itself), `-inf`, `+inf`. */
export interface ScoreBound {
  value: number;
  exclusive: boolean;
}

/** Reads a {@link ScoreBound}. */
export function scoreBound(text: string): ScoreBound {
  const exclusive = text.startsWith("(");
  const value = double(exclusive ? text.slice(1) : text);
  if (value === undefined) throw new ReplyError("ERR min or max is not a float");
  return { value, exclusive };
}

/** A score as Redis 7.2 and later print it. */
export function scoreText(value: number): string {
  return Number.isFinite(value) ? String(value) : value > 0 ? "inf" : "-inf";
}

/** The pairs of `[a, 1, b, 2]`. */
export function pairs(args: readonly string[]): [string, string][] {
  const result: [string, string][] = [];
  for (let i = 0; i < args.length; i += 2) result.push([at(args, i), at(args, i + 1)]);
  return result;
}

function double(text: string): number | undefined {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  const value = Number(text);
  return text.trim() === text && text !== "" && !Number.isNaN(value) ? value : undefined;
}

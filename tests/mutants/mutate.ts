/** A defect that a change could introduce, and the tests that must notice it. */
export interface Mutant {
  name: string;
  edits: readonly Edit[];
  /** Test files; an assertion of at least one test must fail. */
  tests: readonly string[];
}

/** A replacement inside one function, class or constant of the product, wherever its file is. */
export interface Edit {
  /**
   * Name of a top-level declaration in TypeScript, or of a function or table in the migrations; preceded by
   * a folder or file (`venues/inScope`) where the name is declared more than once.
   */
  in: string;
  /** Text that the declaration has exactly once; any white space matches any other. */
  find: string;
  replace: string;
}

/** Source text by path from the root of the checkout. */
export type Sources = ReadonlyMap<string, string>;

/** A declaration and where it is. */
interface Declaration {
  path: string;
  start: number;
  end: number;
}

/**
 * Returns the changed files of a mutant.
 *
 * @throws {Error} a declaration or a text is not there exactly once: the code has changed, and so must the mutant
 */
export function mutate(sources: Sources, { name, edits }: Mutant): Map<string, string> {
  const changed = new Map<string, string>();
  for (const edit of edits) {
    const current = new Map([...sources, ...changed]);
    const { path, start, end } = findDeclaration(current, edit.in, name);
    const text = current.get(path)!;
    const body = replaceOnce(text.slice(start, end), edit, name);
    changed.set(path, text.slice(0, start) + body + text.slice(end));
  }
  return changed;
}

function replaceOnce(body: string, edit: Edit, mutant: string): string {
  const words = edit.find.trim().split(/\s+/).map((word) => RegExp.escape(word));
  const found = [...body.matchAll(new RegExp(words.join("\\s+"), "g"))];
  const [match] = found;
  if (!match || found.length > 1) {
    throw new Error(
      `Cannot make the mutant "${mutant}" as ${edit.in} has its text ${found.length} times:\n${edit.find}`,
    );
  }
  return body.slice(0, match.index) + edit.replace + body.slice(match.index + match[0].length);
}

function findDeclaration(sources: Sources, qualified: string, mutant: string): Declaration {
  const [symbol = "", ...place] = qualified.split("/").reverse();
  const found = [...sources].flatMap(([path, text]) => {
    const folders = path.replace(/(\.up)?\.\w+$/, "").split("/");
    if (!place.every((part) => folders.includes(part))) return [];
    return declarationsOf(symbol, path, text);
  });
  // A later migration replaces the function of an earlier one.
  const candidates = found.every(({ path }) => path.endsWith(".sql")) ? found.slice(-1) : found;
  const [declaration] = candidates;
  if (!declaration || candidates.length > 1) {
    const paths = candidates.map(({ path }) => path).join(", ") || "nowhere";
    throw new Error(
      `Cannot make the mutant "${mutant}" as ${qualified} is not in one file: ${paths}`,
    );
  }
  return declaration;
}

/** The declarations of a name in a file that is formatted by `deno fmt`, or in a migration. */
function declarationsOf(symbol: string, path: string, text: string): Declaration[] {
  const name = RegExp.escape(symbol);
  const begin = path.endsWith(".sql")
    ? new RegExp(`^CREATE (?:(?:OR REPLACE )?FUNCTION ${name}\\(|TABLE ${name} \\()`, "gm")
    : new RegExp(
      `^(?:export )?(?:abstract )?(?:async )?(?:function\\*? |class |const )${name}\\b`,
      "gm",
    );
  return [...text.matchAll(begin)].map(({ index: start }) => {
    return {
      path,
      start,
      end: path.endsWith(".sql") ? endOfSql(text, start) : endOfCode(text, start),
    };
  });
}

/** The end of the first unindented line that closes what was opened and opens nothing. */
function endOfCode(text: string, start: number): number {
  const oneLine = /.*;$/my;
  oneLine.lastIndex = start;
  if (oneLine.test(text)) return oneLine.lastIndex;
  const closing = /^[})\]].*(?<![{([>:])$/gm;
  closing.lastIndex = start;
  return closing.test(text) ? closing.lastIndex : text.length;
}

function endOfSql(text: string, start: number): number {
  const closing = text.startsWith("CREATE TABLE", start) ? /^\)[^;]*;$/gm : /\$\$;$/gm;
  closing.lastIndex = start;
  return closing.test(text) ? closing.lastIndex : text.length;
}

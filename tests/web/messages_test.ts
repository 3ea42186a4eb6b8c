import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFormat } from "../../services/web/app/messages/format.ts";
import { consoleEn } from "../../services/web/app/messages/en/console/mod.ts";
import { en } from "../../services/web/app/messages/en/mod.ts";
import { consoleHi } from "../../services/web/app/messages/hi/console/mod.ts";
import { hi } from "../../services/web/app/messages/hi/mod.ts";
import type { ConsoleMessages } from "../../services/web/app/messages/console_messages.ts";
import type { Messages } from "../../services/web/app/messages/messages.ts";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "../../services/web/app/messages");
/** Texts of all pages: those of the console are files in a folder of their own. */
type AllMessages = Messages & { console: ConsoleMessages };
const EN: AllMessages = { ...en, console: consoleEn };
const HI: AllMessages = { ...hi, console: consoleHi };
const LANGUAGES: readonly AllMessages[] = [EN, HI];
const COUNTS = [0, 1, 2, 5, 100_000];
/** What no text has: values that were not meant for people, and gaps where a value is missing. */
const RUBBISH = /undefined|null|NaN|Infinity|\[object|=>|\$\{| {2}| [.,:;?]/;
/** Words of other counts than the number before them. */
const WRONG_NUMBER: Readonly<Record<string, RegExp>> = {
  en:
    /(?<![\d,])1 (tickets|people|seats|events|days|hours|minutes|seconds|are|wait)\b|(?<![\d,])(0|2|5|1,00,000) (ticket|person|seat|event|day|hour|minute|second|is|waits)\b/,
};

/** Kinds of parameters that texts have. */
type Kind = "number" | "string" | "string[]" | "object" | "When";

for (const messages of LANGUAGES) {
  const { language } = messages;
  Deno.test(`messages: each renders for 0, 1, 2, 5 and 1,00,000, in ${language}`, async () => {
    // Types hold the parameters of every language to those of English.
    const kinds = await kindsOf("en");
    const wrong: string[] = [];
    for (const [path, value] of leavesOf(messages)) {
      for (const text of textsOf(value, { path, kinds, messages })) {
        const isWrong = typeof text !== "string" || text === "" || RUBBISH.test(text) ||
          WRONG_NUMBER[language]?.test(text);
        if (isWrong) wrong.push(`${path}: ${text}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
  Deno.test(`messages: there is no text more or less than in English, in ${language}`, () => {
    const paths = (all: AllMessages) => [...leavesOf(all)].map(([path]) => path).toSorted();
    assert.deepEqual(paths(messages), paths(EN));
  });
}

/** Words in Latin letters that Hindi has too: names, and what people type. */
const LATIN_IN_HINDI =
  /Evently|CSV|https|UPI|QR|WCAG|AA|JSON|SHA|JavaScript|asha@example\.com|hi-IN|\bhi\b/g;

Deno.test("messages: no text in Hindi has English left in it", async () => {
  const kinds = await kindsOf("en");
  // What is spelled is no text of ours, and has capitals alone.
  const leaves = [...leavesOf(HI)].filter(([path]) => path !== "ticket.spelled");
  const wrong = leaves.flatMap(([path, value]) =>
    textsOf(value, { path, kinds, messages: hi })
      .filter((text) => {
        const own = String(text).replaceAll(/Pune|Nashik|jazz/g, "").replaceAll(LATIN_IN_HINDI, "");
        return /[A-Za-z]/.test(own);
      }).map((text) => `${path}: ${text}`)
  );
  assert.deepEqual(wrong, []);
});

/** Every text and function of the messages, by its path. */
function* leavesOf(messages: object, before = ""): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(messages)) {
    const path = before + key;
    if (typeof value === "object" && value !== null) yield* leavesOf(value, `${path}.`);
    else yield [path, value];
  }
}

/** All that a message comes to. */
function textsOf(
  value: unknown,
  { path, kinds, messages }: {
    path: string;
    kinds: ReadonlyMap<string, readonly Kind[]>;
    messages: Messages;
  },
): unknown[] {
  if (typeof value !== "function") return [value];
  const own = kinds.get(path);
  assert.ok(own, `what are the parameters of ${path}?`);
  return argumentsOf(own, messages).map((args) => value(...args));
}

/** Each combination of arguments. A text after a number is that number, as it is written. */
function argumentsOf(kinds: readonly Kind[], { locale }: Messages): unknown[][] {
  const format = createFormat(locale);
  let all: { args: unknown[]; number: number | undefined }[] = [{ args: [], number: undefined }];
  for (const kind of kinds) {
    all = all.flatMap(({ args, number }) => {
      const add = (value: unknown, last = number) => ({ args: [...args, value], number: last });
      switch (kind) {
        case "number":
          return COUNTS.map((count) => add(count, count));
        case "string":
          return [add(number === undefined ? "Pune" : format.number(number))];
        case "string[]":
          return [add(["Pune"]), add(["Pune", "Nashik"])];
        case "object":
          return [add({}), add({ city: "Pune", q: "jazz" })];
        case "When":
          return [add(format.when("2026-12-12T12:30:00Z", "Asia/Kolkata"))];
      }
    });
  }
  return all.map(({ args }) => args);
}

/** The parameters of every function in a language's files, by its path; read from the source, as types are gone when it runs. */
async function kindsOf(language: string): Promise<Map<string, Kind[]>> {
  const found = new Map<string, Kind[]>();
  for (const [folder, before] of [["", ""], ["console", "console."]] as const) {
    const files = join(FOLDER, language, folder);
    for await (const { name, isFile } of Deno.readDir(files)) {
      if (!isFile || name === "mod.ts") continue;
      const source = await Deno.readTextFile(join(files, name));
      for (const [path, kinds] of kindsIn(source)) found.set(before + path, kinds);
    }
  }
  return found;
}

function kindsIn(source: string): Map<string, Kind[]> {
  const functions = new Map<string, Kind[]>();
  const references = new Map<string, string>();
  Deno.lint.runPlugin(
    {
      name: "messages",
      rules: {
        read: {
          create: () => ({
            Property(node) {
              if (node.value.type === "Identifier") references.set(pathOf(node), node.value.name);
            },
            ArrowFunctionExpression(node) {
              const { parent } = node;
              if (parent.type !== "Property" && parent.type !== "VariableDeclarator") return;
              functions.set(pathOf(parent), node.params.map((param) => kindOf(param, source)));
            },
          }),
        },
      },
    },
    "messages.ts",
    source,
  );
  for (const [path, name] of references) {
    const kinds = functions.get(name);
    if (kinds) functions.set(path, kinds);
  }
  return functions;
}

/** `event.soonIn.days` of the property `days`. */
function pathOf(node: Deno.lint.Node): string {
  const names: string[] = [];
  for (let at: Deno.lint.Node | undefined = node; at && at.type !== "Program";) {
    if (at.type === "Property" && at.key.type === "Identifier") names.unshift(at.key.name);
    if (at.type === "VariableDeclarator" && at.id.type === "Identifier") names.unshift(at.id.name);
    at = (at as { parent?: Deno.lint.Node }).parent;
  }
  return names.join(".");
}

function kindOf(param: Deno.lint.Parameter, source: string): Kind {
  const [start, end] = param.range;
  const text = source.slice(start, end);
  const type = text.slice(text.lastIndexOf("}:") + 1).replace(/^[^:]*:\s*/, "");
  if (type.startsWith("{")) return "object";
  if (type === "number" || type === "string" || type === "string[]" || type === "When") return type;
  throw new Error(`messages with a parameter like "${text}" have no example here`);
}

/**
 * The supply chain: `audit`, `bom [FILE]` or `licences`.
 *
 * `audit` asks the registry for known vulnerabilities of the locked packages. Where its service cannot be reached, it says
 * so and succeeds, unless `--strict` is given.
 */
import { billOfMaterials } from "./bom.ts";
import { isAllowed, licensesOf } from "./licenses.ts";
import { readPackages } from "./packages.ts";

/** What Deno says if the registry does not answer, or is none that audits. */
const UNREACHABLE =
  /error sending request|invalid peer certificate|client error|registry.*(40[0-9]|50[0-9])/i;

const [command, ...options] = Deno.args;

async function audit(): Promise<number> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["audit", "--level", "high"],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (code !== 0 && UNREACHABLE.test(text)) {
    print("Not audited: the registry's audit service cannot be reached from here.");
    print(text.trim().split("\n")[0]!);
    return options.includes("--strict") ? 1 : 0;
  }
  print(text.trim());
  return code;
}

async function bom(): Promise<number> {
  const text = `${JSON.stringify(billOfMaterials(await readPackages()), null, 2)}\n`;
  const [file] = options;
  if (file === undefined) print(text.trimEnd());
  else {
    await Deno.writeTextFile(file, text);
    print(`Wrote ${file}`);
  }
  return 0;
}

async function licences(): Promise<number> {
  const licensed = licensesOf(await readPackages());
  for (const [license, group] of Map.groupBy(licensed, (one) => one.license)) {
    const inherited = group.filter(({ isInherited }) => isInherited).length;
    const note = inherited === 0 ? "" : `, ${inherited} of them for other platforms`;
    print(`${license}: ${group.length}${note}`);
  }
  const refused = licensed.filter(({ license }) => !isAllowed(license));
  for (const { package: { key }, license } of refused) {
    print(`Not allowed: ${key} has ${license}`);
  }
  return refused.length === 0 ? 0 : 1;
}

const COMMANDS: Readonly<Record<string, () => Promise<number>>> = { audit, bom, licences };
const run = COMMANDS[command ?? ""];
if (run === undefined) {
  print(`Usage: supply (${Object.keys(COMMANDS).join(" | ")})`);
  Deno.exit(2);
}
Deno.exit(await run());

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

import assert from "node:assert/strict";
import { parse } from "yaml";
import config from "../deno.json" with { type: "json" };

/** A service of the compose file with resolved merges. */
interface ComposeService {
  image?: string;
  build?: { args: Record<string, string> };
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  command?: string[];
  init?: boolean;
  restart?: string;
  mem_limit?: string;
  pids_limit?: number;
  logging?: { options: Record<string, string> };
  healthcheck?: { test?: string[]; disable?: boolean };
}

const FILE = new URL("../docker-compose.yml", import.meta.url);
const DOCKERFILE = new URL("./Dockerfile", import.meta.url);
const PROGRAMS = ["user", "event", "search", "booking", "gateway"];

const SECRETS_FILE = new URL("./secrets.yml", import.meta.url);
/** Default of a variable that names an image: tag and digest. */
const PINNED = /^\$\{[A-Z]+_IMAGE:-[^:@}]+:[^:@}]+@sha256:[0-9a-f]{64}\}$/;

async function readServices(file = FILE): Promise<Record<string, ComposeService>> {
  return parse(await Deno.readTextFile(file), { merge: true }).services;
}

Deno.test("every image that is not built here is pinned by digest", async () => {
  const services = Object.values(await readServices());
  for (const { image, build } of services) {
    assert.match(build ? build.args.DENO_IMAGE! : image!, PINNED);
  }
  const [, base] = /^ARG DENO_IMAGE=(.+)$/m.exec(await Deno.readTextFile(DOCKERFILE)) ?? [];
  const [built] = services.flatMap(({ build }) => build ? [build.args.DENO_IMAGE] : []);
  assert.equal(built, `\${DENO_IMAGE:-${base}}`);
  assert.ok(base?.startsWith("denoland/deno:debian-"));
});

Deno.test("each program runs read-only, without capabilities, with named hosts and no write", async () => {
  const services = await readServices();
  for (const name of PROGRAMS) {
    const { read_only, cap_drop, command = [] } = services[name]!;
    assert.deepEqual([read_only, cap_drop], [true, ["ALL"]], name);
    assert.ok(!command.some((word) => /^--allow-(all|write|run|import)|^-A$/.test(word)), name);
    assert.ok(!command.some((word) => /^--allow-(sys|read|ffi)$/.test(word)), `${name}: whole`);
    // Webhooks go to organisers' servers.
    const everywhere = command.includes("--allow-net");
    assert.equal(everywhere, name === "event", name);
  }
  const instructions = await Deno.readTextFile(DOCKERFILE);
  assert.match(instructions, /^USER deno$/m);
});

Deno.test("programs with native code may load it", async () => {
  const services = await readServices();
  const opened = {
    user:
      "const { openNativeArgon2: open } = await import(root + 'shared/auth/argon2.ts'); await open();",
    gateway: "const { createPreviews } = await import(root + 'services/web/http/previews.ts');" +
      "if (!await createPreviews().pictureOf('concert', 'an-event')) throw new Error('no picture');",
  };
  const likeUser = ["event", "seed"].map((name) => [name, opened.user]);
  for (const [name, code] of [...Object.entries(opened), ...likeUser]) {
    const flags = services[name!]!.command!.filter((word) => /^--(allow-(sys|env)|no-)/.test(word));
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--cached-only", "--allow-read", "--allow-ffi", ...flags, "-"],
      cwd: new URL("..", import.meta.url),
      stdin: "piped",
      stderr: "piped",
    }).spawn();
    const program = `const root = ${JSON.stringify(new URL("..", import.meta.url).href)};\n${code}`;
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(program));
    await writer.close();
    const { success, stderr } = await child.output();
    assert.ok(success, `${name}: ${new TextDecoder().decode(stderr)}`);
  }
});

Deno.test("files that containers mount are there", async () => {
  for (const [name, { volumes = [] }] of Object.entries(await readServices())) {
    for (const path of volumes.filter((volume) => volume.startsWith("./"))) {
      const file = new URL(`../${path.slice(2).split(":")[0]}`, import.meta.url);
      assert.ok((await Deno.stat(file)).isFile, `${name} ${path}`);
    }
  }
});

Deno.test("secrets.yml replaces every secret that docker-compose.yml takes from .env", async () => {
  const [services, replaced] = [await readServices(), await readServices(SECRETS_FILE)];
  const required = ["JWT_SECRET", "INTERNAL_API_KEY", "DATABASE_URL", "POSTGRES_PASSWORD"];
  for (const [name, { environment = {} }] of Object.entries(services)) {
    for (const secret of required.filter((variable) => variable in environment)) {
      const { environment: other = {}, secrets = [] } = replaced[name] ?? {};
      const file = `/run/secrets/${secret.toLowerCase()}`;
      assert.deepEqual([other[secret], other[`${secret}_FILE`]], ["", file], `${name} ${secret}`);
      assert.ok(secrets.includes(secret.toLowerCase()), `${name} ${secret}`);
    }
  }
});

Deno.test("each container limits its memory, processes and log", async () => {
  for (const [name, service] of Object.entries(await readServices())) {
    assert.match(String(service.mem_limit), /^\d+[mg]$/, name);
    assert.ok(Number(service.pids_limit) > 0, name);
    assert.ok(service.logging?.options["max-size"], name);
    assert.ok(service.logging?.options["max-file"], name);
  }
});

Deno.test("each program is healthy when it is ready, and uses only the init of its image", async () => {
  const services = await readServices();
  for (const name of PROGRAMS) {
    assert.equal(services[name]?.healthcheck?.test?.at(-1), "/health/ready", name);
    assert.equal(services[name]?.init, undefined, name);
  }
});

Deno.test("PostgreSQL is healthy when its database answers, Redis when it accepts writes", async () => {
  const { postgres, redis } = await readServices();
  assert.match(postgres?.healthcheck?.test?.join(" ") ?? "", /psql .*--dbname=evently .*SELECT 1/);
  assert.match(redis?.healthcheck?.test?.join(" ") ?? "", /redis-cli SET .*grep -qx OK/);
  assert.match(redis?.command?.join(" ") ?? "", /--protected-mode no .*--maxmemory \d+mb/);
});

Deno.test("the image builds with Docker before 25", async () => {
  const instructions = (await Deno.readTextFile(DOCKERFILE)).replace(/^#.*$/gm, "");
  assert.doesNotMatch(instructions, /--start-interval|--mount|--chmod|<<E/);
});

Deno.test("the image has the V8 flags of the start tasks", async () => {
  const [, flags] = /^ENV DENO_V8_FLAGS=(.+)$/m.exec(await Deno.readTextFile(DOCKERFILE)) ?? [];
  assert.ok(config.tasks.program.command.split(" ").includes(`--v8-flags=${flags}`));
});

Deno.test("the image gets the deno.json of every workspace member, which `deno ci` needs", async () => {
  const dockerfile = await Deno.readTextFile(DOCKERFILE);
  const ignored = await Deno.readTextFile(new URL("../.dockerignore", import.meta.url));
  const allowed = ignored.split("\n").filter((line) => line.startsWith("!"));
  for (const member of config.workspace.map((path) => path.replace("./", ""))) {
    assert.ok(dockerfile.includes(`COPY ${member}/deno.json ${member}/\n`), member);
    const path = `${member}/deno.json`;
    assert.ok(allowed.some((line) => path.startsWith(line.slice(1))), `.dockerignore: ${path}`);
  }
});

Deno.test("each program may look up its neighbours and reach all of their replicas", async () => {
  const compose = parse(await Deno.readTextFile(FILE), { merge: true });
  const { ip_range: range } = compose.networks.default.ipam.config[0];
  const ports: Record<string, number> = { user: 8001, event: 8002, search: 8003, booking: 8004 };
  const neighbours: [string, string[]][] = [["gateway", Object.keys(ports)]];
  for (const name of ["user", "search", "booking"]) {
    const text = await Deno.readTextFile(new URL(`../services/${name}/open.ts`, import.meta.url));
    const called = [...text.matchAll(/\bbindings\.(\w+)/g)].map(([, other = ""]) => other);
    assert.ok(called.length > 0, name);
    neighbours.push([name, called]);
  }
  for (const [name, others] of neighbours) {
    const flag = compose.services[name].command.find((part: string) =>
      part.startsWith("--allow-net=")
    );
    const allowed: string[] = flag.slice("--allow-net=".length).split(",");
    for (const other of others) {
      assert.ok(allowed.includes(other), `${name} may not look up ${other}`);
      assert.ok(allowed.includes(`${range}:${ports[other]}`), `${name} may not reach ${other}`);
    }
    const mails = name === "user" || name === "booking";
    assert.equal(allowed.includes("${MAIL_HOST:-mail.invalid:25}"), mails, `${name} and mail`);
  }
});

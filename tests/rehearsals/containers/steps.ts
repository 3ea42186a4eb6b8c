import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { times } from "@evently/shared/testing";
import { openSmtpSink } from "../../mail/smtp_sink.ts";
import { eventually, OUTSIDE_JOURNEYS } from "../../journeys/platform.ts";
import { IMAGE_VARIABLES } from "./base_images.ts";
import { run } from "./run.ts";
import { CHECKOUT, ORIGIN, type Site } from "./site.ts";

/** One part of the rehearsal. Returns what to tell of it. */
export type Step = (site: Site) => Promise<string>;

const SERVICES = ["user", "event", "search", "booking"];
const PROGRAMS = [...SERVICES, "gateway"];
const ALL = [...PROGRAMS, "front", "redis", "elasticsearch", "postgres"];
const RESTART_LIMIT_MS = 60_000;
const METRICS_PORT = 9464;
const PROMETHEUS_PORT = 9090;
/** Requests that are enough for each of two to get one. */
const TURNS = 8;
/** Attempts a minute of one user: the platform's default. */
const ATTEMPTS_A_MINUTE = 10;

/** Mistakes of an operator are told in plain words; leaves an `.env` with the local images. */
export async function tryMistakes(site: Site): Promise<string> {
  assert.match(await site.refusedTask(["full"]), /There is no \.env\. .*--new-env/);
  const env = join(site.root, ".env");
  await Deno.copyFile(join(site.root, "deploy/env.example"), env);
  assert.match(await site.refusedTask(["full"]), /JWT_SECRET is required/);
  await Deno.remove(env);
  {
    using _taken = Deno.listen({ hostname: "127.0.0.1", port: 80 });
    const said = await site.refusedTask(["full", "--new-env"]);
    assert.match(said, /Wrote \.env/);
    assert.match(said, /Port 80 is taken/);
  }
  const nowhere = { PATH: dirname(Deno.execPath()) };
  assert.match(await site.refusedTask(["status"], nowhere), /Docker is not installed/);
  const dead = { DOCKER_HOST: "unix:///run/no-such-engine.sock" };
  assert.match(await site.refusedTask(["status"], dead), /engine does not answer/);
  const images = Object.entries(IMAGE_VARIABLES).map((pair) => pair.join("=")).join("\n");
  await Deno.writeTextFile(env, `\n${images}\n`, { append: true });
  return "no .env, no secrets, a taken port, no Docker, no engine: each is told";
}

/** One command from nothing to a seeded platform that is ready. */
export async function startFromNothing(site: Site): Promise<string> {
  await site.compose("build", "migrate");
  const builtMs = performance.now();
  const said = await site.task("full", "--seed");
  const seconds = Math.round((performance.now() - builtMs) / 1_000);
  assert.match(said, /curl 'http:\/\/localhost\/api\/event\/events/);
  const { body } = await site.call("GET", "/api/event/events?limit=1");
  const preview = await fetch(`${ORIGIN}/og/${body.events[0].event_id}.png`);
  await preview.body?.cancel();
  assert.equal(preview.headers.get("Content-Type"), "image/png", "a link's preview is a picture");
  const ids = await Promise.all(PROGRAMS.map(async (name) => (await site.containersOf(name))[0]!));
  for (const id of ids) {
    const format =
      "--format={{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.Memory}}";
    const [user, readonly, memory] = (await site.docker("inspect", format, id)).trim().split(" ");
    assert.deepEqual([user, readonly, Number(memory) > 0], ["deno", "true", true]);
  }
  const size = async (image: string) =>
    Number(await site.docker("image", "inspect", "--format={{.Size}}", image)) / 1_000_000;
  const [whole, base] = [await size("evently:local"), await size(IMAGE_VARIABLES.DENO_IMAGE)];
  return `healthy and seeded ${seconds} s after the image was there; the image adds ` +
    `${Math.round(whole - base)} MB to its base`;
}

/** The journeys of buyers, organisers and the waitlist, through the front. */
export async function runJourneys(site: Site): Promise<string> {
  const files = OUTSIDE_JOURNEYS.map((file) => `tests/journeys/${file}`);
  const output = await runTests(site, files);
  return /(\d+ passed) \| 0 failed/.exec(output)?.[1] ?? assert.fail(output);
}

async function runTests(site: Site, args: readonly string[]): Promise<string> {
  const [postgres] = await site.containersOf("postgres");
  const { POSTGRES_PASSWORD } = parseEnv(await Deno.readTextFile(join(site.root, ".env")));
  const address = await site.addressOf(postgres!);
  return await run(["deno", "test", "--quiet", "--no-check", "--allow-all", ...args], {
    cwd: CHECKOUT,
    env: {
      NO_COLOR: "1",
      TEST_ORIGIN: ORIGIN,
      TEST_ORIGIN_DATABASE_URL: `postgres://evently:${POSTGRES_PASSWORD}@${address}/postgres`,
    },
  });
}

/** Every service has Redis open, and it was used. */
export async function lookIntoRedis(site: Site): Promise<string> {
  const [redis] = await site.containersOf("redis");
  const ask = (...words: string[]) => site.docker("exec", redis!, "redis-cli", ...words);
  const clients = await ask("CLIENT", "LIST");
  for (const service of SERVICES) {
    const [id] = await site.containersOf(service);
    assert.ok(clients.includes(`addr=${await site.addressOf(id!)}:`), `${service} has no Redis`);
  }
  const commands = [...(await ask("INFO", "commandstats")).matchAll(/cmdstat_(\w+):calls=(\d+)/g)]
    .map(([, name, calls]) => ({ name, calls: Number(calls) }))
    .filter(({ name }) => !["ping", "info", "client", "hello"].includes(name!))
    .toSorted((a, b) => b.calls - a.calls);
  const keys = Number(await ask("DBSIZE"));
  assert.ok(keys > 1 && commands.length > 1, `${keys} keys`);
  const most = commands.slice(0, 4).map(({ name, calls }) => `${name} ${calls}`);
  return `${keys} keys, all four services connected; ${most.join(", ")} calls`;
}

/** Every program has its metrics inside, and strangers do not get at them. */
export async function readMetrics(site: Site): Promise<string> {
  let series = 0;
  for (const service of PROGRAMS) {
    const [id] = await site.containersOf(service);
    const response = await fetch(`http://${await site.addressOf(id!)}:${METRICS_PORT}/metrics`);
    const text = await response.text();
    assert.equal(response.status, 200, service);
    assert.match(text, /^evently_http_requests_total\{/m, service);
    series += text.split("\n").filter((line) => /^\w/.test(line)).length;
  }
  assert.equal((await site.call("GET", "/metrics")).status, 404);
  return `${series} series of five programs, none through the front`;
}

/** Prometheus of the profile finds every program, collects from it, and reads the alert rules. */
export async function watchPrograms(site: Site): Promise<string> {
  await site.compose("--profile", "observability", "up", "-d", "--no-build", "prometheus");
  const [id] = await site.containersOf("prometheus");
  const address = await site.addressOf(id!);
  const ask = async (path: string) => {
    const response = await fetch(`http://${address}:${PROMETHEUS_PORT}/api/v1/${path}`);
    return (await response.json()).data;
  };
  const found = await eventually("Prometheus collects from every program", async () => {
    const { activeTargets = [] } = await ask("targets?state=active").catch(() => ({}));
    const isUp = (target: { health: string }) => target.health === "up";
    return activeTargets.filter(isUp).length === PROGRAMS.length && activeTargets.length;
  }, RESTART_LIMIT_MS);
  const { result } = await ask("query?query=count(evently_http_requests_total)");
  assert.ok(Number(result[0].value[1]) >= PROGRAMS.length);
  const { groups } = await ask("rules?type=alert");
  const rules = groups.flatMap(({ rules }: { rules: unknown[] }) => rules);
  assert.ok(rules.length > 0);
  await site.compose("rm", "--stop", "--force", "prometheus");
  return `Prometheus collects from ${found} programs by ${rules.length} alert rules`;
}

/** Each container's first process is killed; it comes back by itself and nothing sold is lost. */
export async function killEach(site: Site): Promise<string> {
  const buyer = await site.buyer();
  const bought: string[] = [];
  const times: string[] = [];
  for (const service of ALL) {
    bought.push(await buyer.buys());
    const [id] = await site.containersOf(service);
    const of = async (field: string) =>
      (await site.docker("inspect", `--format={{${field}}}`, id!)).trim();
    const killedMs = performance.now();
    Deno.kill(Number(await of(".State.Pid")), "SIGKILL");
    await eventually(`${service} is started again`, async () => {
      return Number(await of(".RestartCount")) > 0 && await of(".State.Running") === "true";
    }, RESTART_LIMIT_MS);
    bought.push(await (await site.buyer()).buys().then(() => buyer.buys()));
    times.push(`${service} ${((performance.now() - killedMs) / 1_000).toFixed(0)} s`);
  }
  await site.untilHealthy();
  for (const id of bought) assert.equal(await buyer.statusOf(id), "confirmed");
  return `${bought.length} bookings kept; from kill to a sale: ${times.join(", ")}`;
}

/** Two of booking and of event: no seat twice, one limit of attempts, and one of each may die. */
export async function scaleToTwo(site: Site): Promise<string> {
  await site.compose("up", "-d", "--no-build", "--scale", "booking=2", "--scale", "event=2");
  await site.untilHealthy();
  assert.equal((await site.containersOf("booking")).length, 2);
  await runTests(site, ["tests/journeys/buyer_test.ts", "--filter", "200 concurrent"]);
  const admitted = await eventually("attempts fall into one minute", async () => {
    const count = await countAdmitted(site);
    return count === ATTEMPTS_A_MINUTE && count;
  });
  // Requests about one event go to one of them, others to each in turn.
  const buyer = await site.buyer();
  const bought = await buyer.buys();
  for (let asked = 0; asked < TURNS; asked++) {
    await site.call("GET", "/api/event/events?limit=1");
    assert.equal(await buyer.statusOf(bought), "confirmed");
  }
  for (const service of ["booking", "event"]) {
    for (const id of await site.containersOf(service)) {
      const log = await site.docker("logs", id);
      assert.match(log, /"message":"request"/, `one ${service} gets no requests`);
    }
    const [id] = await site.containersOf(service);
    await site.docker("stop", "--time=30", id!);
    await (await site.buyer()).buys();
    await site.docker("start", id!);
  }
  await site.untilHealthy();
  const audit = await site.compose("run", "--rm", "audit");
  assert.match(audit, / 0 do not add up/);
  return `99 of 200 got a seat, both were asked, ${admitted} attempts a minute over both, sales go on with one ` +
    "of each stopped, the audit passes";
}

/** How many of too many attempts at once are answered. */
async function countAdmitted(site: Site): Promise<number> {
  const { token } = await site.buyer();
  const { body } = await site.call("GET", "/api/event/events?limit=50");
  const isFree = (event: { available_seats: number }) => event.available_seats > 50;
  const { event_id } = body.events.find(isFree);
  const answers = await Promise.all(
    times(ATTEMPTS_A_MINUTE + 4, () =>
      site.call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
      })),
  );
  return answers.filter(({ status }) => status === 200).length;
}

/**
 * A backup of a platform that sells; after it is restored it is as it was, and its seats add up. An account that was deleted
 * since is deleted again.
 */
export async function backUpAndRestore(site: Site): Promise<string> {
  const [buyer, leaving] = [await site.buyer(), await site.buyer()];
  const before = await buyer.buys();
  await leaving.buys();
  const path = join(site.root, "first.backup.tar.gz");
  const said = await site.task("backup", path);
  const after = await buyer.buys();
  const { token, email, password } = leaving;
  const closed = await site.call("DELETE", "/api/user/users/account", {
    token,
    body: { password, give_up_tickets: true },
  });
  assert.equal(closed.status, 200);

  assert.match(await site.refusedTask(["restore", path]), /Say --yes, as there is nobody to ask/);
  assert.match(await site.refusedTask(["restore", `${path}.none`, "--yes"]), /cannot be read/);
  const broken = join(site.root, "broken.tar.gz");
  await Deno.writeTextFile(broken, "no backup");
  assert.match(await site.refusedTask(["restore", broken, "--yes"]), /is no whole backup/);
  assert.equal(await buyer.statusOf(after), "confirmed", "a broken backup changes nothing");

  const restored = await site.task("restore", path, "--yes");
  assert.match(restored, /erased\.csv names \d+ deleted accounts/);
  assert.match(restored, / 0 do not add up/);
  assert.equal(await buyer.statusOf(before), "confirmed");
  assert.equal(await buyer.statusOf(after), 404);
  await eventually("the account is deleted again", async () => {
    const { status } = await site.call("POST", "/api/user/auth/login", {
      body: { email, password },
    });
    return status === 401;
  }, RESTART_LIMIT_MS);
  await eventually("search is filled again", async () => {
    const { body } = await site.call("GET", "/api/search/search?q=diwali");
    return body.results?.length > 0;
  }, RESTART_LIMIT_MS);
  await buyer.buys();
  const [, events] = /(\d+ events with \d+ ledger entries)/.exec(restored) ?? [];
  return `${/[\d.]+ MB/.exec(said)?.[0]}; the copy has ${events} and passes the audit; ` +
    "an account that was deleted since is deleted again";
}

/** Status, logs and a stop that lets every program end by itself. */
export async function showAndStop(site: Site): Promise<string> {
  assert.match(await site.task("status"), /Readiness: 200 /);
  // Only the last lines are shown, so the first ones of a busy service are not among them.
  const logs = await site.task("logs", "booking");
  assert.ok(/"service":"booking-service"/.test(logs), `Logs of booking:\n${logs.slice(0, 2000)}`);
  const ids = await Promise.all(PROGRAMS.map(async (name) => (await site.containersOf(name))[0]!));
  await site.task("stop");
  for (const id of ids) {
    const code = (await site.docker("inspect", "--format={{.Name}} {{.State.ExitCode}}", id))
      .trim();
    assert.match(code, / 0$/);
  }
  assert.match(await site.refusedTask(["status"]), /nothing answers[^]*Not all is ready/);
  return "every program ended with 0";
}

/** Mails leave the containers for a server of SMTP outside. Afterwards `.env` is as before. */
export async function sendMails(site: Site): Promise<string> {
  const format = "--format={{(index .IPAM.Config 0).Gateway}}";
  const hostname = (await site.docker("network", "inspect", format, "evently_default")).trim();
  const env = join(site.root, ".env");
  const text = await Deno.readTextFile(env);
  await using sink = await openSmtpSink({ hostname });
  const settings = [
    `SMTP_URL=${sink.url}`,
    `MAIL_HOST=${hostname}:${sink.port}`,
    "MAIL_FROM=tickets@example.com",
    "PUBLIC_URL=http://localhost",
  ];
  const other = text.replace(/^(SMTP_URL|MAIL_HOST|MAIL_FROM|PUBLIC_URL)=.*$/gm, "");
  await Deno.writeTextFile(env, `${other}\n${settings.join("\n")}\n`);
  await site.task("full");
  const buyer = await site.buyer();
  await buyer.buys();
  const subjects = await eventually("the mails of an account and of its booking arrive", () => {
    const mails = sink.received.filter(({ to }) => to.includes(buyer.email));
    return Promise.resolve(mails.length > 1 && mails.map(({ data }) => subjectOf(data)));
  }, RESTART_LIMIT_MS);
  await Deno.writeTextFile(env, text);
  return subjects.join("; ");
}

function subjectOf(mail: string): string {
  return /^Subject: (.*)\r$/m.exec(mail)?.[1] ?? assert.fail("a mail has no subject");
}

/** A reset to an empty platform, now with secrets from files. */
export async function resetWithSecretFiles(site: Site): Promise<string> {
  const env = join(site.root, ".env");
  const text = await Deno.readTextFile(env);
  const { POSTGRES_PASSWORD, JWT_SECRET, INTERNAL_API_KEY } = parseEnv(text);
  const secrets = join(site.root, "secrets");
  await Deno.mkdir(secrets, { mode: 0o711 });
  const files = {
    postgres_password: POSTGRES_PASSWORD!,
    jwt_secret: JWT_SECRET!,
    internal_api_key: INTERNAL_API_KEY!,
    database_url: `postgres://evently:${POSTGRES_PASSWORD}@postgres:5432/evently`,
  };
  for (const [name, value] of Object.entries(files)) {
    await Deno.writeTextFile(join(secrets, name), `${value}\n`);
  }
  const blank = text.replace(/^(POSTGRES_PASSWORD|JWT_SECRET|INTERNAL_API_KEY)=.*$/gm, "$1=");
  await Deno.writeTextFile(env, `${blank}\nSECRETS_DIRECTORY=${secrets}\n`);

  assert.match(await site.refusedTask(["reset"]), /Say --yes/);
  await site.task("reset", "--yes", "--seed");
  const [booking] = await site.containersOf("booking");
  const variables = await site.docker("inspect", "--format={{.Config.Env}}", booking!);
  assert.ok(!variables.includes(JWT_SECRET!) && !variables.includes(POSTGRES_PASSWORD!));
  await (await site.buyer()).buys();
  return "empty, seeded and selling; no secret is in the containers' variables";
}

/** Nothing is left of it. */
export async function destroyAll(site: Site): Promise<string> {
  assert.match(await site.refusedTask(["destroy"]), /Say --yes/);
  await site.task("destroy", "--yes");
  const left = await site.docker("ps", "--all", "--quiet") +
    await site.docker("volume", "ls", "--quiet") +
    await site.docker("image", "ls", "--quiet", "evently:local");
  assert.equal(left, "");
  return "no container, volume or image is left";
}

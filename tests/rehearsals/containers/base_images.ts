import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, NoEngine } from "./engine.ts";
import { run, runAny } from "./run.ts";

/** The images that `docker-compose.yml` and the Dockerfile take from a registry, by the variable that replaces each. */
export const IMAGE_VARIABLES = {
  DENO_IMAGE: "evently-rehearsal/deno",
  POSTGRES_IMAGE: "evently-rehearsal/postgres",
  REDIS_IMAGE: "evently-rehearsal/redis",
  ELASTICSEARCH_IMAGE: "evently-rehearsal/elasticsearch",
  NGINX_IMAGE: "evently-rehearsal/nginx",
  PROMETHEUS_IMAGE: "evently-rehearsal/prometheus",
} as const;

/** Debian's packages of the base. Testing, as stable has neither PostgreSQL 18 nor nginx 1.27 or later. */
const SUITE = "forky";
const PACKAGES = [
  "ca-certificates",
  "curl",
  "nginx-light",
  "postgresql-18",
  "redis-server",
  "tini",
  "wget",
];
const LABEL = "evently.rehearsal.inputs";
const CA_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
/** Of Debian's package `prometheus`, which CI installs for the alert rules. */
const PROMETHEUS = "/usr/bin/prometheus";
const JVMS = "/usr/lib/jvm";
const MIN_JAVA = 21;
const IMAGES = fileURLToPath(new URL("./images/", import.meta.url));
const ELASTICSEARCH_POM = fileURLToPath(
  new URL("../../../deploy/elasticsearch/pom.xml", import.meta.url),
);

/**
 * Makes the images of {@link IMAGE_VARIABLES} from Debian's packages, npm's Deno, Maven's Elasticsearch and the
 * Prometheus of this machine; those of an earlier run are taken as they are.
 *
 * @param directory where downloads are kept
 * @param say told what is made
 */
export async function makeBaseImages(
  engine: Engine,
  { directory, say }: { directory: string; say: (line: string) => void },
): Promise<void> {
  await makeBase(engine, { directory, say });
  const base = (await engine.docker("image", "inspect", "--format={{.Id}}", `${PREFIX}/base`))
    .trim();
  for (const name of ["deno", "postgres", "redis", "nginx", "elasticsearch", "prometheus"]) {
    const inputs = await digestOf([base, Deno.version.deno, ...await filesOf(name)]);
    if (await labelOf(engine, name) === inputs) continue;
    const context = await Deno.makeTempDir({ dir: directory, prefix: `${name}-` });
    try {
      await fillContext(name, { context, directory });
      await engine.docker(
        "build",
        `--tag=${PREFIX}/${name}`,
        `--label=${LABEL}=${inputs}`,
        `--file=${join(IMAGES, `${name}.Dockerfile`)}`,
        context,
      );
      say(`made the image ${name}`);
    } finally {
      await Deno.remove(context, { recursive: true });
    }
  }
}

const PREFIX = "evently-rehearsal";

async function makeBase(
  engine: Engine,
  { directory, say }: { directory: string; say: (line: string) => void },
): Promise<void> {
  const inputs = await digestOf([SUITE, ...PACKAGES]);
  if (await labelOf(engine, "base") === inputs) return;
  const archive = join(directory, "base.tar");
  try {
    await run([
      "mmdebstrap",
      "--mode=root",
      "--variant=minbase",
      `--include=${PACKAGES.join(",")}`,
      // A mirror may keep an old state of it.
      '--aptopt=Acquire::Check-Valid-Until "false"',
      ...["doc", "man", "locale"].map((room) => `--dpkgopt=path-exclude=/usr/share/${room}/*`),
      SUITE,
      archive,
    ]);
    await engine.docker("import", `--change=LABEL ${LABEL}=${inputs}`, archive, `${PREFIX}/base`);
    say(`made the base of Debian ${SUITE}`);
  } catch (error) {
    throw new NoEngine(`Debian's packages cannot be fetched: ${(error as Error).message}`);
  } finally {
    await Deno.remove(archive).catch(() => {});
  }
}

/** Copies what the image's Dockerfile needs. */
async function fillContext(
  name: string,
  { context, directory }: { context: string; directory: string },
): Promise<void> {
  const entry = `${name}_entry.sh`;
  await Deno.copyFile(join(IMAGES, entry), join(context, entry)).catch(() => {});
  if (name === "deno") {
    await Deno.copyFile(Deno.execPath(), join(context, "deno"));
    await Deno.copyFile(CA_CERTIFICATES, join(context, "ca-certificates.crt"));
  }
  if (name === "prometheus") await Deno.copyFile(PROMETHEUS, join(context, "prometheus"));
  if (name === "elasticsearch") {
    const unpacked = join(directory, "elasticsearch");
    await run([
      "mvn",
      "-q",
      "-B",
      "-f",
      ELASTICSEARCH_POM,
      `-Des.out=${unpacked}`,
      "generate-resources",
    ]);
    const [distribution] = await namesIn(unpacked, /^elasticsearch-/);
    // Hard links, as it is large.
    await run(["cp", "-al", join(unpacked, distribution!), join(context, "elasticsearch")]);
    await run(["cp", "-a", await findJdk(), join(context, "jdk")]);
  }
}

async function findJdk(): Promise<string> {
  for (const name of await namesIn(JVMS, /./)) {
    const release = await Deno.readTextFile(join(JVMS, name, "release")).catch(() => "");
    const [, major] = /^JAVA_VERSION="(\d+)/m.exec(release) ?? [];
    if (Number(major) >= MIN_JAVA) return await Deno.realPath(join(JVMS, name));
  }
  throw new NoEngine(`Elasticsearch needs a JDK of version ${MIN_JAVA} or later in ${JVMS}`);
}

async function namesIn(directory: string, pattern: RegExp): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(directory));
  return entries.map(({ name }) => name).filter((name) => pattern.test(name)).toSorted();
}

/** The texts that an image is made from. */
async function filesOf(name: string): Promise<string[]> {
  const names = await namesIn(IMAGES, new RegExp(`^${name}[._]`));
  return await Promise.all(names.map((file) => Deno.readTextFile(join(IMAGES, file))));
}

async function labelOf(engine: Engine, name: string): Promise<string | undefined> {
  const { code, output } = await runAny(
    [
      "docker",
      "image",
      "inspect",
      `--format={{index .Config.Labels "${LABEL}"}}`,
      `${PREFIX}/${name}`,
    ],
    { env: engine.env },
  );
  return code === 0 ? output.trim() : undefined;
}

async function digestOf(texts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(texts));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

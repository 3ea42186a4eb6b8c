/** The keys by which Deno Deploy builds and runs the app, held against what its documentation allows. */
import assert from "node:assert/strict";
import { z } from "zod";
import config from "../deno.json" with { type: "json" };
import classic from "./deployctl.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);
const command = z.string().min(1);

/**
 * `deploy` of deno.json: Deno's own `config-file.v1.json`, which knows no other key. A build's timeout and its memory are
 * settings of the app alone.
 *
 * @see https://docs.deno.com/deploy/reference/builds/
 */
const DeployKey = z.strictObject({
  org: z.string().optional(),
  app: z.string().regex(/^[a-z0-9-]+$/),
  install: command,
  build: command,
  predeploy: command,
  runtime: z.strictObject({
    mode: z.literal("dynamic").optional(),
    entrypoint: z.string(),
    args: z.array(z.string()).optional(),
    cwd: z.string().optional(),
  }),
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
});

/** `deploy` of a file for `deployctl --config`, the tool of Deploy Classic. */
const ClassicDeployKey = z.strictObject({
  project: z.string(),
  entrypoint: z.string(),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
});

Deno.test("deno.json configures Deno Deploy by documented keys alone", () => {
  const { runtime } = DeployKey.parse(config.deploy);
  assert.equal(runtime.entrypoint, "deploy/edge.ts");
});

Deno.test("the build of Deno Deploy makes the pages, and its predeploy command expands", () => {
  const { build, predeploy } = config.deploy;
  assert.match(build, / task web:build$/);
  assert.match(predeploy, / task predeploy$/);
  assert.equal(config.tasks.predeploy.command, "deno run --quiet -P=tool deploy/predeploy.ts");
});

Deno.test("Deno Deploy builds by the version of Deno that the images have", async () => {
  const dockerfile = await Deno.readTextFile(new URL("deploy/Dockerfile", ROOT));
  const version = /denoland\/deno:debian-([\d.]+)/.exec(dockerfile)?.[1];
  for (const command of [config.deploy.build, config.deploy.predeploy]) {
    assert.equal(/npm:deno@([\d.]+)/.exec(command)?.[1], version);
  }
});

Deno.test("deployctl.json names the same entry, and all that it imports", async () => {
  const { entrypoint, include } = ClassicDeployKey.parse(classic.deploy);
  assert.equal(`deploy/${entrypoint}`, config.deploy.runtime.entrypoint);
  for (const path of include) await Deno.stat(new URL(path, ROOT));
});

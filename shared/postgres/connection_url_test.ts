import assert from "node:assert/strict";
import { parseConnectionUrl } from "./connection_url.ts";

Deno.test("parseConnectionUrl() removes parameters that the server would refuse", () => {
  assert.deepEqual(
    parseConnectionUrl(
      "postgres://u:p%40@db.example/users_db?sslmode=require&channel_binding=require&options=-c%20geqo%3Doff",
    ),
    {
      url: "postgres://u:p%40@db.example/users_db?sslmode=require&options=-c+geqo%3Doff",
      pooled: false,
      connectionLimit: undefined,
      tls: undefined,
    },
  );
});

Deno.test("parseConnectionUrl() verifies the certificate for sslrootcert=system", () => {
  const { url, tls } = parseConnectionUrl(
    "postgresql://u@h/d?sslmode=require&sslrootcert=system",
  );
  assert.deepEqual([url, tls], ["postgresql://u@h/d", {}]);
});

Deno.test("parseConnectionUrl() verifies an address as the host of the certificate", () => {
  const tlsOf = (host: string) =>
    parseConnectionUrl(`postgres://u@${host}/d?sslmode=verify-full`).tls;
  assert.deepEqual(tlsOf("db.example"), {});
  assert.deepEqual(tlsOf("192.0.2.1"), { host: "192.0.2.1" });
  assert.deepEqual(tlsOf("[2001:db8::1]:5432"), { host: "2001:db8::1" });
});

Deno.test("parseConnectionUrl() refuses a file of certificates", () => {
  const text = "postgres://u:s3cret@h/d?sslmode=verify-full&sslrootcert=/etc/ca.pem";
  assert.throws(
    () => parseConnectionUrl(text),
    (error: TypeError) =>
      /set DATABASE_CA_CERT/.test(error.message) && !error.message.includes("s3cret"),
  );
});

Deno.test("parseConnectionUrl() knows transaction poolers", () => {
  const pooled = [
    "postgres://u@ep-cool-1-pooler.eu.aws.neon.tech/d",
    "postgres://u@aws-0-eu.pooler.supabase.com:6543/d",
    "postgres://u@db.abcdefgh.supabase.co:6543/d",
    "postgres://u@h/d?pgbouncer=true",
    "postgres://u@h/d?prepare=false",
  ];
  const direct = [
    "postgres://u@ep-cool-1.eu.aws.neon.tech/d",
    "postgres://u@aws-0-eu.pooler.supabase.com:5432/d",
    "postgres://u@db.abcdefgh.supabase.co:5432/d",
    "postgres://u@h/d",
  ];
  for (const url of pooled) assert.equal(parseConnectionUrl(url).pooled, true, url);
  for (const url of direct) assert.equal(parseConnectionUrl(url).pooled, false, url);
});

Deno.test("parseConnectionUrl() refuses other URLs without quoting them", () => {
  for (const url of ["", "users_db", "mysql://u:secret@h/d"]) {
    assert.throws(
      () => parseConnectionUrl(url),
      (error: TypeError) => !error.message.includes("secret"),
    );
  }
});

Deno.test("parseConnectionUrl() takes a valid connection limit from the URL", () => {
  const limitOf = (query: string) => parseConnectionUrl(`postgres://h/d${query}`).connectionLimit;
  assert.equal(limitOf("?connection_limit=3"), 3);
  assert.equal(limitOf(""), undefined);
  for (const insane of ["0", "-1", "1.5", "many", ""]) {
    assert.equal(limitOf(`?connection_limit=${insane}`), undefined);
  }
});

Deno.test("parseConnectionUrl() takes Neon's connection strings as they come, and verifies them", () => {
  const query = "sslmode=require&channel_binding=require";
  for (const host of ["ep-cool-1.eu.aws.neon.tech", "ep-cool-1-pooler.eu.aws.neon.tech"]) {
    assert.deepEqual(parseConnectionUrl(`postgresql://u:p@${host}/neondb?${query}`), {
      url: `postgresql://u:p@${host}/neondb`,
      pooled: host.includes("-pooler"),
      connectionLimit: undefined,
      tls: {},
    });
  }
});

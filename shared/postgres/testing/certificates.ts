import { findProgram } from "../../testing/find_program.ts";

/** A certificate and its key. */
export interface Certificate {
  certificate: string;
  key: string;
}

/** An authority of one test, which makes certificates with the openssl of this machine. */
export class TestAuthority {
  readonly #directory: string;
  #made = 0;

  private constructor(directory: string, readonly certificate: string) {
    this.#directory = directory;
  }

  /** @param directory its files go there */
  static async create(directory: string): Promise<TestAuthority> {
    await openssl(directory, [
      ...["req", "-x509", "-nodes", "-days", "1", "-keyout", "ca.key", "-out", "ca.pem"],
      ...[
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-subj",
        "/CN=Test authority",
      ],
    ]);
    return new TestAuthority(directory, await Deno.readTextFile(`${directory}/ca.pem`));
  }

  /** @param name whom it is for: `DNS:db.example`, `IP:127.0.0.1` */
  async issue(name: string): Promise<Certificate> {
    const file = `leaf${this.#made++}`;
    await openssl(this.#directory, [
      ...["req", "-nodes", "-keyout", `${file}.key`, "-out", `${file}.csr`, "-subj", "/CN=server"],
      ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
    ]);
    await Deno.writeTextFile(`${this.#directory}/${file}.ext`, `subjectAltName=${name}\n`);
    await openssl(this.#directory, [
      ...["x509", "-req", "-days", "1", "-in", `${file}.csr`, "-out", `${file}.pem`],
      ...["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", `${file}.ext`],
    ]);
    return {
      certificate: await Deno.readTextFile(`${this.#directory}/${file}.pem`),
      key: await Deno.readTextFile(`${this.#directory}/${file}.key`),
    };
  }
}

async function openssl(directory: string, args: string[]): Promise<void> {
  const program = await findProgram("openssl");
  if (!program) throw new Error("Cannot make certificates as openssl is not on this machine");
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd: directory,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`openssl ${args[0]}: ${new TextDecoder().decode(stderr)}`);
}

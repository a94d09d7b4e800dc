import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parseAllDocuments } from "yaml";
import { type CredentialServer, startPodIdentityAgent } from "../support/credentialServers";
import { type Databases, databases } from "../support/databases";
import { examples, freePort, start, status, stopPrograms } from "../support/program";
import { printedFor } from "../support/references";

const consumer = "reporting/prod/explorer";

const documents = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as unknown);
const example = (file: string) => documents(readFileSync(join(examples, "eks", file), "utf8"));

interface Deployment {
  readonly metadata: object;
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly env: readonly { readonly name: string; readonly value: string }[];
        }[];
      };
    };
  };
}

describe("examples/typescript/eks", () => {
  it("external-secrets.yaml and csi.yaml begin with what `platform refs` prints", () => {
    for (const [file, format] of [
      ["external-secrets.yaml", "external-secrets"],
      ["csi.yaml", "csi"],
    ] as const) {
      const printed = documents(printedFor(consumer, format));
      assert.deepEqual(example(file).slice(0, printed.length), printed);
    }
  });

  it("deployment.yaml runs the example, as the service account of the manifest, with what `platform refs` prints", () => {
    const [account, deployment] = example("deployment.yaml") as [{ metadata: object }, Deployment];
    assert.deepEqual(account.metadata, { name: "explorer", namespace: "reporting" });
    assert.deepEqual(deployment.metadata, account.metadata);
    const { serviceAccountName, containers } = deployment.spec.template.spec;
    assert.equal(serviceAccountName, "explorer");
    const env = Object.fromEntries((containers[0]?.env ?? []).map(({ name, value }) => [name, value]));
    for (const [name, value] of Object.entries(parseEnv(printedFor(consumer, "env"))))
      assert.equal(env[name], value);
    const [, program = ""] = containers[0]?.command ?? [];
    assert.match(readFileSync(join(examples, program), "utf8"), /Pod Identity/);
  });

  describe("explorer.ts", function () {
    this.timeout(300_000);
    const token = "token-of-a-pod";
    let running: Databases;
    let agent: CredentialServer;
    let folder: string;
    databases((started) => (running = started));
    before(async () => {
      agent = await startPodIdentityAgent(token);
      folder = mkdtempSync(join(tmpdir(), "pod-"));
    });
    afterEach(stopPrograms);
    after(async () => {
      await agent.close();
      rmSync(folder, { recursive: true });
    });

    /** What EKS sets in a pod whose service account has an association. */
    async function pod(arn: string, podToken: string) {
      const file = join(folder, "eks-pod-identity-token");
      writeFileSync(file, podToken);
      const port = await freePort();
      const program = start("eks/explorer.ts", {
        ...running.environment,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.endpoint}/v1/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file,
        HISTORY_ARN: arn,
        PORT: port,
      });
      await program.printed("listening");
      return { port, ...program };
    }

    it("reads with the role of its service account, and answers through rotations", async () => {
      const login = await running.single();
      const passwords = [login.current().password];
      const { port, output } = await pod(login.secret.arn, token);
      assert.equal(await status(port), 200, output());
      assert.deepEqual(agent.answered, ["GET /v1/credentials"]);
      for (let rotations = 0; rotations < 3; rotations++) {
        await login.rotate();
        await login.disconnect();
        passwords.push(login.current().password);
        assert.equal(await status(port), 200, output());
      }
      for (const password of passwords) assert(!output().includes(password));
    });

    it("has no other way in: a pod whose token the agent refuses reads nothing", async () => {
      const login = await running.single();
      running.service.calls.length = 0;
      const { port } = await pod(login.secret.arn, "of-another-pod");
      assert.equal(await status(port), 503);
      assert.deepEqual(running.service.calls, []);
    });
  });
});

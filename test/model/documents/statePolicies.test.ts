import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keyAdministration } from "../../../model/documents/keyAdministration";
import { readDocument } from "../../../policies/documents/read";
import { repository, samplePlan } from "../plan/support/samples";
import { decide, type Verdict } from "./support/evaluator";

interface Document {
  readonly Statement: readonly { readonly Sid: string }[];
}

const page = readFileSync(join(repository, "docs", "state.md"), "utf8");
const blocks = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text = ""]) => JSON.parse(text) as object);
const [key, bucket] = blocks.filter((block): block is Document => "Statement" in block);
const { organisation } = samplePlan();
const stacks = organisation.stacks.map(({ name, account }) => ({ name, account }));
const files = "arn:aws:s3:::example-pulumi-state/.pulumi";

/** Files of a stack, as the CLI lays them out in a bucket. */
const filesOf = (stack: string) => [
  `${files}/stacks/secrets-platform/${stack}.json`,
  `${files}/stacks/secrets-platform/${stack}.json.bak`,
  `${files}/history/secrets-platform/${stack}/${stack}-1.history.json`,
  `${files}/backups/secrets-platform/${stack}/${stack}.1.json`,
  `${files}/locks/organization/secrets-platform/${stack}/0a1b.json`,
];

describe("the policies of bucket and key for Pulumi's state", () => {
  /** The TLS statement is for another test: what asks in plain text reaches nothing. */
  function decision(
    document: Document,
    { account, role }: { readonly account: string; readonly role: string },
    { action, resource }: { readonly action: string; readonly resource: string },
  ): Verdict {
    const Statement = document.Statement.filter(({ Sid }) => Sid !== "TlsOnly");
    const caller = { arn: `arn:aws:iam::${account}:role/${role}`, account, organisation: organisation.id };
    return decide(JSON.stringify({ Statement }), { caller, action, resource });
  }

  it("are documents, and name no account that is none of the samples'", () => {
    assert.ok(key && bucket);
    for (const document of [key, bucket]) {
      assert.equal(readDocument(JSON.stringify(document)).state, "document");
      const accounts = new Set(JSON.stringify(document).match(/\d{12}/g));
      assert.deepEqual([...accounts].sort(), stacks.map(({ account }) => account).sort());
    }
  });

  for (const { name, account } of stacks) {
    it(`let the deployer of ${name} read every stack's files and write its own`, () => {
      assert.ok(bucket);
      const of = (action: string, resource: string, role = "platform-deployer") =>
        decision(bucket, { account, role }, { action, resource });
      assert.equal(of("s3:ListBucket", "arn:aws:s3:::example-pulumi-state"), "allow");
      for (const { name: other } of stacks) {
        for (const file of filesOf(other)) {
          assert.equal(of("s3:GetObject", file), "allow");
          for (const write of ["s3:PutObject", "s3:DeleteObject"]) {
            assert.equal(of(write, file), other === name ? "allow" : "nothing", `${write} ${file}`);
            assert.equal(of(write, file, "another"), "nothing");
          }
        }
      }
      assert.equal(of("s3:PutObject", `${files}/stacks/secrets-platform/${name}-prod.json`), "nothing");
      assert.equal(of("s3:GetObject", `${files}/meta.yaml`), "allow");
    });

    it(`let the deployer of ${name} use the key, which nobody else does`, () => {
      assert.ok(key);
      for (const action of ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"]) {
        assert.equal(
          decision(key, { account, role: "platform-deployer" }, { action, resource: "*" }),
          "allow",
        );
        assert.equal(decision(key, { account, role: "another" }, { action, resource: "*" }), "nothing");
      }
      assert.equal(
        decision(key, { account, role: "platform-administrator" }, { action: "kms:Decrypt", resource: "*" }),
        "nothing",
      );
    });
  }

  it("let the key be looked after as every key of the platform is", () => {
    assert.deepEqual(key?.Statement[0], keyAdministration(organisation, stacks[0]?.account ?? ""));
  });

  it("refuse plain text, and encrypt by the same key", () => {
    assert.ok(bucket && JSON.stringify(bucket).includes('"Bool":{"aws:SecureTransport":"false"}'));
    const arn = "arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555";
    assert.ok(blocks.some((block) => JSON.stringify(block).includes(`"KMSMasterKeyID":"${arn}"`)));
    assert.ok(page.includes(`--secrets-provider 'awskms:///${arn}?region=eu-west-1'`));
  });
});

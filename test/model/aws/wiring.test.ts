import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { imageRepository } from "../../../model/documents/imageRepository";
import { viaService } from "../../../model/plan/arns";
import { repository } from "../plan/support/samples";

describe("what is named after a partition", () => {
  it("is a registry of the organisation's own partition, and of no other", () => {
    const image = (host: string) => `222222222222.dkr.ecr.${host}/orders:1.4.2`;
    assert.equal(
      imageRepository(image("cn-north-1.amazonaws.com.cn"), "aws-cn"),
      "arn:aws-cn:ecr:cn-north-1:222222222222:repository/orders",
    );
    assert.equal(
      imageRepository(image("us-gov-west-1.amazonaws.com"), "aws-us-gov"),
      "arn:aws-us-gov:ecr:us-gov-west-1:222222222222:repository/orders",
    );
    for (const [host, partition] of [
      ["us-iso-east-1.c2s.ic.gov", "aws"],
      ["eusc-de-east-1.amazonaws.eu", "aws"],
      ["us-iso-east-1.amazonaws.com", "aws"],
      ["cn-north-1.amazonaws.com.cn", "aws"],
      ["eu-west-1.amazonaws.com", "aws-cn"],
      ["cn-north-1.amazonaws.com", "aws-cn"],
    ] as const) {
      assert.equal(imageRepository(image(host), partition), undefined, `${host} in ${partition}`);
    }
  });

  it("is a service that uses a key, under each domain it has been seen under", () => {
    for (const service of ["lambda", "s3", "secretsmanager", "sns", "ssm"] as const) {
      assert.equal(
        viaService(service, { partition: "aws", region: "eu-west-1" }),
        `${service}.eu-west-1.amazonaws.com`,
      );
      assert.deepEqual(viaService(service, { partition: "aws-cn", region: "cn-north-1" }), [
        `${service}.cn-north-1.amazonaws.com`,
        `${service}.cn-north-1.amazonaws.com.cn`,
      ]);
    }
  });

  /**
   * Partition and domain stand once, in `model/aws`; an example in a text for people is marked as one,
   * and records name services alike everywhere.
   */
  it("is nowhere spelt out", () => {
    // What stands for a name that is not known names nothing, in whatever partition.
    const standIn = /accountOfNobody|[:/]unknown/;
    const named = /arn:aws(?:-[a-z]+)*:|`[^`]*\$\{[^}]+\}\.amazonaws\.|startsWith\("(?:cn|us-gov)-"\)/;
    const found = ["model", "components", "stacks", "policies", "cli", "functions", "provider"].flatMap(
      (folder) =>
        sourcesIn(path.join(repository, folder)).flatMap((file) =>
          readFileSync(file, "utf8")
            .split("\n")
            .filter(
              (line) =>
                named.test(line) &&
                !standIn.test(line) &&
                !/such as|eventSource|111111111111|222222222222|^ *(?:\*|\/\*\*|\/\/)/.test(line),
            )
            .map((line) => `${path.relative(repository, file)}: ${line.trim()}`),
        ),
    );
    assert.deepEqual(found, ["model/plan/arns.ts: return `${service}.amazonaws.com`;"]);
  });
});

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("node_modules") && !name.startsWith("aws/"))
    .map((name) => path.join(folder, name));
}

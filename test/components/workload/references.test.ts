import assert from "node:assert/strict";
import fc from "fast-check";
import { parameterNameOf, referenceFile, referenceVariables } from "../../../components/workload/references";
import { databaseArn, levelArn, referenceEnvironment, references, sharedArn } from "./support/consumer";

describe("references", () => {
  it("names variables after items, another service's with the service before them", () => {
    assert.deepEqual(referenceVariables(references), referenceEnvironment);
  });

  it("gives the same order whatever the manifest's", () => {
    const names = ["BILLING_TOKEN_ARN", "DATABASE_ARN", "LOG_LEVEL_ARN"];
    assert.deepEqual(Object.keys(referenceVariables(references)), names);
    assert.equal(referenceFile(references), referenceFile([...references].reverse()));
  });

  it("writes a file by the manifest's own names", () => {
    assert.deepEqual(JSON.parse(referenceFile(references)), {
      "billing/token": sharedArn,
      database: databaseArn,
      "log-level": levelArn,
    });
    assert(referenceFile(references).endsWith("}\n"));
  });

  it("tells a parameter's name from its ARN in every partition", () => {
    const partitions = fc.constantFrom("aws", "aws-cn", "aws-us-gov");
    const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(partitions, fc.array(part, { minLength: 1, maxLength: 4 }), (partition, parts) => {
        const name = `/${parts.join("/")}`;
        assert.equal(parameterNameOf(`arn:${partition}:ssm:eu-west-1:333333333333:parameter${name}`), name);
      }),
    );
  });
});

import assert from "node:assert/strict";
import { parametersExtension } from "../../../model/aws/parametersExtension";

describe("the layer of AWS's Parameters and Secrets extension", () => {
  it("is AWS's own, by region, partition and processors", () => {
    assert.deepEqual(
      [
        parametersExtension("eu-west-1", "arm64"),
        parametersExtension("eu-central-2", "x86_64"),
        parametersExtension("us-gov-west-1", "x86_64"),
        parametersExtension("cn-north-1", "x86_64"),
      ],
      [
        "arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:4",
        "arn:aws:lambda:eu-central-2:772501565639:layer:AWS-Parameters-and-Secrets-Lambda-Extension:1",
        "arn:aws-us-gov:lambda:us-gov-west-1:127562683043:layer:AWS-Parameters-and-Secrets-Lambda-Extension:4",
        "arn:aws-cn:lambda:cn-north-1:287114880934:layer:AWS-Parameters-and-Secrets-Lambda-Extension:4",
      ],
    );
  });

  it("is none where AWS publishes none", () => {
    assert.equal(parametersExtension("eu-central-2", "arm64"), undefined);
    assert.equal(parametersExtension("mx-central-1", "x86_64"), undefined);
  });
});

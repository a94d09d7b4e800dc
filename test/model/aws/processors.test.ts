import assert from "node:assert/strict";
import { processorsNamed } from "../../../model/aws/processors";

describe("processors that a name says", () => {
  for (const [name, expected] of [
    ["arm64v8/nginx:1.29", "arm64"],
    ["nginx:1.29-arm64", "arm64"],
    ["222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders:2.0-linux-aarch64", "arm64"],
    ["aws/codebuild/amazonlinux-aarch64-standard:3.0", "arm64"],
    [
      "arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:4",
      "arm64",
    ],
    ["amd64/nginx", "x86_64"],
    ["orders:1_x86_64", "x86_64"],
    ["orders:1-x86-64", "x86_64"],
    ["arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python313-x86_64:5", "x86_64"],
    ["nginx:1.29", undefined],
    ["charm64/orders", undefined],
    ["orders:amd64-arm64", undefined],
  ] as const) {
    it(`are ${expected ?? "not told"} of ${name}`, () => assert.equal(processorsNamed(name), expected));
  }
});

import assert from "node:assert/strict";
import { instanceImage } from "../../../components/workload/instanceImage";

const arm = [
  "a1.medium",
  "t4g.nano",
  "m7gd.large",
  "c7gn.xlarge",
  "im4gn.large",
  "is4gen.medium",
  "hpc7g.4xlarge",
  "x2gd.metal",
  "g5g.xlarge",
  "p6e-gb200.36xlarge",
];
const x86 = [
  "t3.micro",
  "m7i-flex.large",
  "c6in.large",
  "g4dn.xlarge",
  "g6.xlarge",
  "gr6.4xlarge",
  "x2iedn.metal",
  "u-6tb1.metal",
  "p6-b200.48xlarge",
  "trn1n.32xlarge",
];

describe("instanceImage", () => {
  for (const type of arm)
    it(`takes the ARM image for ${type}`, () => assert.match(instanceImage(type), /-arm64$/));
  for (const type of x86)
    it(`takes the x86 image for ${type}`, () => assert.match(instanceImage(type), /-x86_64$/));

  it("names the parameter AWS publishes", () => {
    assert.equal(
      instanceImage("t4g.micro"),
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    );
  });
});

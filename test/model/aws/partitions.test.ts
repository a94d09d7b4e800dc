import assert from "node:assert/strict";
// Comes with every client of AWS's SDK, whose table of partitions it holds.
import { partition as sdkPartition } from "@aws-sdk/core/client";
import { isSupported, partitionOf, partitions, supportedRegions } from "../../../model/aws/partitions";

const regions = [
  ["aws", "eu-west-1 us-east-1 us-west-2 ap-southeast-7 ap-northeast-3 ap-east-2 af-south-1 ca-west-1"],
  ["aws", "il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 eu-north-1 eu-central-2"],
  ["aws-cn", "cn-north-1 cn-northwest-1"],
  ["aws-us-gov", "us-gov-east-1 us-gov-west-1"],
  ["aws-iso", "us-iso-east-1 us-iso-west-1"],
  ["aws-iso-b", "us-isob-east-1 us-isob-west-1"],
  ["aws-iso-e", "eu-isoe-west-1"],
  ["aws-iso-f", "us-isof-east-1 us-isof-south-1"],
  ["aws-eusc", "eusc-de-east-1"],
] as const;

const each = regions.flatMap(([id, names]) => names.split(" ").map((region) => ({ id, region })));

describe("partitions", () => {
  for (const { id, region } of each) {
    it(`${region} is of ${id}, as AWS's own SDK has it`, () => {
      assert.equal(partitionOf(region), id);
      const { name, dnsSuffix } = sdkPartition(region);
      assert.equal(name, id);
      assert.equal(supportedRegions.test(region), isSupported(id));
      if (isSupported(id)) assert.equal(partitions[id].dnsSuffix, dnsSuffix);
    });
  }

  for (const text of [
    "",
    "eu-west",
    "eu-wst-1",
    "eu-west-1a",
    "xx-west-1",
    "us-gov-1",
    "aws-global",
    "us-iso-1",
    "eusc-east-1",
    "EU-WEST-1",
    " eu-west-1",
  ]) {
    it(`know no region ${JSON.stringify(text)}`, () => {
      assert.equal(partitionOf(text), undefined);
      assert.ok(!supportedRegions.test(text));
    });
  }
});

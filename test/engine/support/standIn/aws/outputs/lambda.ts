import { contentHash } from "../../properties";
import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

export const lambda: OutputTable = {
  "aws:lambda/function:Function": {
    id: (r) => r.text("name"),
    outputs: (r) => {
      const arn = r.arn("lambda", `function:${r.text("name")}`);
      const version = r.inputs["publish"] === true ? "1" : "$LATEST";
      return {
        arn,
        invokeArn: invokeArn(r, arn),
        qualifiedArn: `${arn}:${version}`,
        qualifiedInvokeArn: invokeArn(r, `${arn}:${version}`),
        responseStreamingInvokeArn: invokeArn(r, arn).replace(
          "/invocations",
          "/response-streaming-invocations",
        ),
        version,
        architectures: r.inputs["architectures"] ?? ["x86_64"],
        ...ofCode(r),
      };
    },
    volatile: ["lastModified", "sourceCodeSize"],
    afterUpdate: (_, r) => ofCode(r),
  },
  "aws:lambda/permission:Permission": {
    // The real one is the statement alone, which is one function's; the ledger knows no two things of one identifier.
    id: (r) => `${r.text("function")}/${r.text("statementId") || `terraform-${r.hex(26)}`}`,
    outputs: (r) => ({ statementId: r.text("statementId") || `terraform-${r.hex(26)}` }),
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    id: (r) => r.uuid(),
    outputs: (r) => ({
      uuid: r.uuid(),
      arn: r.arn("lambda", `event-source-mapping:${r.uuid()}`),
      state: "Enabled",
    }),
  },
};

function ofCode(resource: NewResource) {
  const hash = contentHash(resource.inputs["code"]) ?? resource.hex(64);
  return {
    sourceCodeHash: resource.inputs["sourceCodeHash"] ?? Buffer.from(hash, "hex").toString("base64"),
    sourceCodeSize: 1024,
    lastModified: resource.createdAt(),
  };
}

function invokeArn(resource: NewResource, functionArn: string): string {
  const { partition, region } = resource.target;
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

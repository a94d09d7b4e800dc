import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { ShareDocuments } from "../../../../../model/access/input";

/** A share as RAM's stand-in keeps it. */
export interface HeldShare extends ShareDocuments {
  readonly account: string;
  readonly arn: string;
  readonly items: readonly string[];
  /** Who is no account. */
  readonly others?: readonly string[];
  readonly permissionName?: string;
}

/** What a request asks, as far as it tells. */
export interface Asked {
  /** Of the credentials' account, from the signature's access key. */
  readonly accessKey: string;
  readonly service: string;
  readonly action: string;
}

export interface StandIn {
  readonly endpoint: string;
  shares: readonly HeldShare[];
  /** ARN of the function that rotates a secret, by the secret's: the emulator would have to have the function. */
  readonly rotations: Map<string, string>;
  /** ARN of a copy's key, by the copy's ARN: the emulator knows none. */
  readonly copyKeys: Map<string, string>;
  /** Answers in the emulator's stead, with status and error's code. */
  fault: ((asked: Asked) => readonly [status: number, code: string] | undefined) | undefined;
  /** Requests since the start, by service and action. */
  readonly asked: Asked[];
  /** Things on a page. */
  page: number;
  accountOf: (accessKey: string) => string;
  readonly stop: () => Promise<void>;
}

/** In front of the emulator: keeps RAM's shares, which the emulator keeps without their permissions; the rest passes. */
export async function startStandIn(target: string): Promise<StandIn> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const [, accessKey = "", service = ""] =
        /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
      const action = actionOf(request.headers["x-amz-target"], request.url ?? "", body.toString());
      const one = { accessKey, service, action };
      standIn.asked.push(one);
      const fault = standIn.fault?.(one);
      if (fault !== undefined) return void answer(...faultOf(service, ...fault));
      if (service === "ram")
        return void answer(
          200,
          JSON.stringify(ram(standIn, accessKey, action, JSON.parse(body.toString()) as object)),
        );
      const headers = Object.entries(request.headers).filter(
        (header): header is [string, string] =>
          typeof header[1] === "string" &&
          !["connection", "content-length", "expect", "host"].includes(header[0]),
      );
      const passed = await fetch(`${target}${request.url ?? "/"}`, {
        method: request.method ?? "POST",
        headers,
        ...(body.length > 0 && { body: inPages(body.toString(), standIn.page) }),
      });
      const text = await passed.text();
      response.writeHead(passed.status, { "content-type": passed.headers.get("content-type") ?? "" });
      response.end(action === "DescribeSecret" ? completed(text, standIn) : text);

      function answer(status: number, text: string, type = "application/x-amz-json-1.1") {
        response.writeHead(status, { "content-type": type }).end(text);
      }
    })().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const standIn: StandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shares: [],
    rotations: new Map(),
    copyKeys: new Map(),
    fault: undefined,
    asked: [],
    page: 100,
    accountOf: (accessKey) => accessKey,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return standIn;
}

function inPages(body: string, page: number): string {
  return body.replace(/"MaxResults":\d+/, `"MaxResults":${page > 50 ? 50 : page}`);
}

function actionOf(target: string | string[] | undefined, url: string, body: string): string {
  if (typeof target === "string") return target.split(".").at(-1) ?? "";
  return new URLSearchParams(body).get("Action") ?? url.slice(1);
}

function faultOf(service: string, status: number, code: string): [number, string, string] {
  const message = `${code} by the stand-in`;
  if (service === "iam")
    return [
      status,
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      "text/xml",
    ];
  if (service === "ec2")
    return [
      status,
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
      "text/xml",
    ];
  return [status, JSON.stringify({ __type: code, message }), "application/x-amz-json-1.1"];
}

interface Described {
  readonly ARN?: string;
  readonly ReplicationStatus?: readonly { readonly Region?: string }[];
}

function completed(text: string, { rotations, copyKeys }: StandIn): string {
  const described = JSON.parse(text) as Described;
  const { ARN = "", ReplicationStatus = [] } = described;
  const RotationLambdaARN = rotations.get(ARN);
  return JSON.stringify({
    ...described,
    ...(RotationLambdaARN !== undefined && { RotationEnabled: true, RotationLambdaARN }),
    ReplicationStatus: ReplicationStatus.map((copy) => ({
      ...copy,
      KmsKeyId: copyKeys.get(
        ARN.split(":")
          .with(3, copy.Region ?? "")
          .join(":"),
      ),
    })),
  });
}

/** https://docs.aws.amazon.com/ram/latest/APIReference/API_Operations.html */
function ram({ shares, page, accountOf }: StandIn, accessKey: string, action: string, body: object): object {
  const { nextToken, resourceShareArn, associationType } = body as Readonly<Record<string, string>>;
  const own = shares.filter(({ account }) => account === accountOf(accessKey));
  const paged = (name: string, all: readonly object[]) => {
    const from = Number(nextToken ?? 0);
    const next = from + page < all.length ? { nextToken: String(from + page) } : {};
    return { [name]: all.slice(from, from + page), ...next };
  };
  switch (action) {
    case "getresourceshares":
      return paged(
        "resourceShares",
        own.map(({ arn, name, external }) => ({
          resourceShareArn: arn,
          name,
          allowExternalPrincipals: external,
          status: "ACTIVE",
        })),
      );
    case "getresourceshareassociations":
      return paged(
        "resourceShareAssociations",
        own.flatMap(({ arn, accounts, others = [], items }) =>
          (associationType === "PRINCIPAL" ? [...accounts, ...others] : items).map((associatedEntity) => ({
            resourceShareArn: arn,
            associatedEntity,
            associationType,
            status: "ASSOCIATED",
          })),
        ),
      );
    case "listresourcesharepermissions":
      return paged(
        "permissions",
        own
          .filter(({ arn }) => arn === resourceShareArn)
          .map(({ permission, permissionName }) => ({
            arn: `arn:aws:ram::aws:permission/${permissionName ?? (permission === "read" ? "AWSRAMDefaultPermissionSSMParameterReadOnly" : "AWSRAMPermissionSSMParameterReadOnlyWithHistory")}`,
            resourceType: "ssm:Parameter",
          })),
      );
    default:
      throw new Error(`no stand-in for ${action}`);
  }
}

import type { MotoCredentials } from "../../../support/moto/startMoto";

/** An error of IAM; its `name` is AWS's code. */
class IamError extends Error {
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = code;
  }
}

/** Texts of the elements of an answer, by their names. */
export type IamAnswer = (element: string) => string | undefined;

/** One call of IAM's, with its parameters as its Query protocol writes them; undefined ones are left out. */
export type IamCall = (action: string, parameters: Record<string, string | undefined>) => Promise<IamAnswer>;

/**
 * IAM's Query protocol, a form in and XML out, without a client library of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
 */
export function iamApi(endpoint: string, credentials: MotoCredentials): IamCall {
  // moto finds service and account by the signature's scope and does not verify it.
  const scope = `${credentials.accessKeyId}/20300101/us-east-1/iam/aws4_request`;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    "x-amz-security-token": credentials.sessionToken,
  };
  return async (action, parameters) => {
    const given = Object.entries(parameters).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const body = new URLSearchParams([["Action", action], ["Version", "2010-05-08"], ...given]);
    const answer = await fetch(endpoint, { method: "POST", body, headers });
    const xml = await answer.text();
    const element = (name: string) => {
      const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
      return found === undefined ? undefined : withoutEntities(found);
    };
    if (!answer.ok) throw new IamError(element("Code") ?? String(answer.status), element("Message") ?? xml);
    return element;
  };
}

/** `Tags.member.1.Key` and so on. */
export function memberTags(tags: Record<string, string>): Record<string, string> {
  const members = Object.entries(tags).flatMap(([key, value], index) => [
    [`Tags.member.${index + 1}.Key`, key],
    [`Tags.member.${index + 1}.Value`, value],
  ]);
  return Object.fromEntries(members) as Record<string, string>;
}

const entities: Record<string, string> = {
  quot: '"',
  "#34": '"',
  apos: "'",
  "#39": "'",
  lt: "<",
  gt: ">",
  amp: "&",
};

function withoutEntities(xml: string): string {
  return xml.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

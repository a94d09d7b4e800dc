import assert from "node:assert/strict";

/** A change of a policy's text. */
export type Edit = (policy: string) => string;

interface Document {
  readonly Statement: readonly { readonly Sid?: string }[];
}

export function allow(action: string | readonly string[], principal?: unknown, resource = "*"): object {
  return {
    Sid: "ByHand",
    Effect: "Allow",
    ...(principal !== undefined && { Principal: principal }),
    Action: action,
    Resource: resource,
  };
}

export function assumedBy(principal: object): object {
  return { Sid: "ByHand", Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
}

export function add(statement: object): Edit {
  return (text) => {
    const document = JSON.parse(text) as Document;
    return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
  };
}

export function drop(sid: string): Edit {
  return (text) => {
    const document = JSON.parse(text) as Document;
    return JSON.stringify({ ...document, Statement: document.Statement.filter(({ Sid }) => Sid !== sid) });
  };
}

export function replace(from: string, to: string): Edit {
  return (text) => {
    const compact = JSON.stringify(JSON.parse(text));
    assert.ok(compact.includes(from), compact);
    return compact.replace(from, to);
  };
}

import type { ProblemWords } from "../../yaml/problem";
import { databaseMethod } from "../normalise/methods";
import { problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";
import { type Item, resolve, usesOf } from "./uses";

/**
 * ECS logs in to a private registry with a secret of two fields, at each start of a task.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
 */
export const registryLogins = eachManifest((manifest, context) =>
  usesOf(manifest).flatMap(({ isLogin, reference, path }) => {
    const item = isLogin === true ? resolve(context, reference) : undefined;
    const problem = item && loginProblem(item);
    return problem === undefined ? [] : [problemAt(manifest, path, problem)];
  }),
);

function loginProblem({ kind, secret }: Item): ProblemWords | undefined {
  if (kind === "parameter") {
    return {
      found: "found a parameter",
      allowed: "ECS takes the login of a registry from Secrets Manager alone",
      remedy: "make it a secret with the fields `username` and `password`",
    };
  }
  const method = secret?.rotation?.method;
  if (method === undefined) return undefined;
  if (method === "rds-managed" || databaseMethod(method) !== undefined) {
    return {
      found: "found the login of a database",
      allowed: "the login of a registry is a secret of its own",
      remedy: "add one with the fields `username` and `password`",
    };
  }
  const fields = secret?.fields ?? [];
  if (fields.includes(undefined) || ["username", "password"].every((name) => fields.includes(name)))
    return undefined;
  return {
    found: "the secret has not both fields `username` and `password`",
    allowed: "ECS reads the login of a registry from these two",
    remedy: "list them under its `fields`",
  };
}

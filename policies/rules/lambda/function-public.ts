import { serviceName } from "../../../model/aws/serviceUse";
import { namesSource } from "../../iam/limits";
import { sourcesSent } from "../../iam/serviceTrust";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent, textOf, unknown, type Properties } from "../../view/values";

export const functionPublic: Rule = {
  id: "function-public",
  title: "A function is invoked by whom it names",
  why: "A permission for everyone, or for a service on anyone's behalf, lets strangers run code with the function's role",
  remedy:
    "Name the account, or the service with the one of `sourceAccount` and `sourceArn` that it sends; give function URLs `AWS_IAM`",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP Lambda.1", "Checkov CKV_AWS_301", "Checkov CKV_AWS_364", "Checkov CKV_AWS_258"],
  resource: {
    types: [types.functionPermission, types.functionUrl],
    check: ({ type, props }) => (type === types.functionUrl ? checkUrl(props) : checkPermission(props)),
  },
};

function* checkUrl({ authorizationType }: Properties): Iterable<Finding> {
  if (authorizationType === unknown) yield undecided("authorizationType");
  else if (textOf(authorizationType) !== "AWS_IAM") yield finding("authorizationType", "is not `AWS_IAM`");
}

function* checkPermission(props: Properties): Iterable<Finding> {
  const { principal } = props;
  if (principal === unknown) {
    yield undecided("principal");
    return;
  }
  const name = textOf(principal) ?? "";
  if (name === "*") {
    if (!isPresent(props["principalOrgId"])) yield finding("principal", "is everyone");
  }
  const service = serviceName(name);
  if (service === undefined) return;
  if (!isLimited(props))
    yield finding("principal", "is a service on anyone's behalf, without `sourceAccount` and `sourceArn`");
  for (const [property, key] of sources) {
    if (
      isPresent(props[property]) &&
      sourcesSent(service, "function")?.includes(key.toLowerCase()) === false
    ) {
      yield finding(
        property,
        `asks ${service} for ${key}, which it does not send when it invokes a function`,
      );
    }
  }
}

const sources = [
  ["sourceAccount", "aws:SourceAccount"],
  ["sourceArn", "aws:SourceArn"],
] as const;

/** An unknown source is one of this program's resources. Lambda compares an ARN with wildcards (ArnLike). */
function isLimited(props: Properties): boolean {
  return sources.some(([property, key]) => {
    const value = props[property];
    return value === unknown || (isPresent(value) && namesSource(key.toLowerCase(), textOf(value) ?? ""));
  });
}

import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { topLevelName } from "./changes";
import type { Change, InputProblem } from "./handlers";
import { type Properties, toStruct } from "./properties";

/**
 * The engine opens secrets before it calls and marks what comes back, as no value handled here may be one; outputs
 * reach the plugin as plain values.
 */
export function handshakeResponse(): messages.ProviderHandshakeResponse {
  return new messages.ProviderHandshakeResponse();
}

/** As the handshake, for engines without one. */
export function configureResponse(): messages.ConfigureResponse {
  return new messages.ConfigureResponse().setSupportspreview(true);
}

export function checkResponse(inputs: Properties, problems: readonly InputProblem[]): messages.CheckResponse {
  return new messages.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(checkFailures(problems));
}

export function checkFailures(problems: readonly InputProblem[]): messages.CheckFailure[] {
  return problems.map(({ property, reason }) =>
    new messages.CheckFailure().setProperty(property).setReason(reason),
  );
}

/** The changes with their exact paths; no change says so rather than leaving it to the engine. */
export function diffResponse(changes: readonly Change[]): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setHasdetaileddiff(true)
    .setDiffsList(topLevel(changes))
    .setReplacesList(topLevel(changes.filter(({ replaces }) => replaces)));
  for (const change of changes) {
    response
      .getDetaileddiffMap()
      .set(change.path, new messages.PropertyDiff().setKind(kindOf(change)).setInputdiff(change.input));
  }
  return response;
}

function topLevel(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ path }) => topLevelName(path)))];
}

function kindOf({ kind, replaces }: Change): messages.PropertyDiff.Kind {
  const kinds = messages.PropertyDiff.Kind;
  if (kind === "add") return replaces ? kinds.ADD_REPLACE : kinds.ADD;
  if (kind === "delete") return replaces ? kinds.DELETE_REPLACE : kinds.DELETE;
  return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE;
}

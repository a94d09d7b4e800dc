import {
  type ListSecretsCommand,
  paginateListSecrets,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import assert from "node:assert/strict";
import { persist } from "../../aws/call";
import { itemsOf, withCalls } from "../../aws/pages";
import { fakeClock } from "../support/fakeClock";

/** A client that answers with these pages in turn, an Error by throwing it. */
function clientOf(
  ...answers: readonly (Error | { readonly NextToken?: string; readonly SecretList?: object[] })[]
) {
  const client = new SecretsManagerClient({ region: "eu-west-1" });
  const asked: (string | undefined)[] = [];
  client.send = ((command: ListSecretsCommand) => {
    const answer = answers[asked.push(command.input.NextToken) - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }) as typeof client.send;
  return { client, asked };
}

describe("pages of a list", () => {
  const action = "secretsmanager:ListSecrets";
  const retry = { patience: { tries: 3, seconds: 9 }, clock: fakeClock() };
  const listed = (client: SecretsManagerClient) =>
    itemsOf(
      paginateListSecrets({ client: withCalls(client, (send) => persist({ action }, retry, send)) }, {}),
      ({ SecretList }) => SecretList,
    );
  const busy = () => Object.assign(new Error("later"), { name: "ThrottlingException" });

  it("go on after one that fails for a moment, and after an empty one", async () => {
    const { client, asked } = clientOf(
      { NextToken: "2", SecretList: [{ Name: "a" }] },
      busy(),
      { NextToken: "3" },
      busy(),
      busy(),
      { NextToken: "", SecretList: [{ Name: "b" }] },
    );
    assert.deepEqual(await listed(client), [{ Name: "a" }, { Name: "b" }]);
    assert.deepEqual(asked, [undefined, "2", "2", "3", "3", "3"]);
  });

  it("are never a part of the list: what stays fails the whole", async () => {
    const { client } = clientOf({ NextToken: "2", SecretList: [{ Name: "a" }] }, busy(), busy(), busy());
    await assert.rejects(listed(client), { name: "ThrottlingException" });
  });
});

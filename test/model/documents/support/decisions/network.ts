import { endpointPolicy } from "../../../../../model/documents/endpointPolicy";
import { type DecidedDocuments, organisation, prod, role, stranger, there } from "./decided";

const reader = role(prod, "services/orders/orders-prod-api-task");

/** What a role without grants of its own may do is held by its policies; here only who comes through. */
export const network: DecidedDocuments = {
  "an endpoint of the network": {
    document: endpointPolicy(organisation.id, there, "secretsmanager"),
    calls: [
      {
        who: "a role of the account",
        caller: reader,
        action: "secretsmanager:GetSecretValue",
        resource: "*",
        but: {
          "of another account, so that nothing leaves by a stranger's role": {
            caller: role(stranger, "services/orders/orders-prod-api-task"),
          },
          "a user of the account": {
            caller: { ...reader, arn: `arn:aws:iam::${prod}:user/someone` },
          },
          "after the account left the organisation": {
            caller: { ...reader, organisation: "o-otherotherot" },
          },
          "for another service": { action: "ssm:GetParameter" },
        },
      },
    ],
  },
};

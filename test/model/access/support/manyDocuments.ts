import type { AccessDocuments } from "../../../../model/access/input";
import { buildPlan } from "../../../../model/plan/build";
import {
  catalogue,
  lambda,
  plainText,
  reads,
  secret,
  secureString,
  service,
} from "../../plan/support/catalogues";
import { organisation } from "../../plan/support/organisations";
import { planDocuments } from "./planDocuments";

export const perService = { items: 10, roles: 6 } as const;

/**
 * Documents of as many services, each with 10 items and 6 roles that read 6 of them and one of the next service's; with the
 * people of each account, who may do everything or act on whole branches.
 */
export function manyDocuments(services: number): AccessDocuments {
  const name = (number: number) => `service-${String(number % services).padStart(4, "0")}`;
  const all = Array.from({ length: services }, (_, number) =>
    service(name(number), {
      ownKey: number % 10 === 0,
      secrets: range(5).map((at) => secret(`secret-${at}`, { shareWith: [name(number + services - 1)] })),
      parameters: [
        ...range(2).map((at) => secureString(`token-${at}`)),
        ...range(3).map((at) => plainText(`text-${at}`)),
      ],
      consumers: range(perService.roles).map((at) =>
        lambda(`role-${at}`, [
          reads(name(number), `secret-${at % 5}`),
          reads(name(number), `secret-${(at + 1) % 5}`),
          reads(name(number), `token-${at % 2}`),
          ...range(3).map((text) => reads(name(number), `text-${text}`)),
          reads(name(number + 1), `secret-${at % 5}`),
        ]),
      ),
    }),
  );
  return planDocuments(buildPlan(catalogue(...all), organisation()));
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, at) => at);
}

import { platformPath, servicesPath } from "../../plan/names";
import type { Plan } from "../../plan/types";
import { nameInArn } from "../intention";

/** What goes by the platform's names: `{service}/{environment}/{item}`, `/services/` and `/platform/`, `alias/{environment}/…`. */
export class PlatformNames {
  readonly #environments: ReadonlySet<string>;
  readonly #managed: ReadonlySet<string>;

  constructor({ environments, managedSecrets }: Plan) {
    this.#environments = new Set(environments.map(({ name }) => name));
    this.#managed = new Set(managedSecrets.map(({ arn }) => nameInArn(arn)));
  }

  /** @param name of a secret or parameter, with or without its first slash */
  hasItem(name: string): boolean {
    const [service = "", environment = "", ...item] = name.replace(/^\//, "").split("/");
    return service !== "" && this.#environments.has(environment) && item.join("/") !== "";
  }

  /** Whether a manifest names the secret of a database service that has this ARN, whatever its last six characters. */
  hasManaged(arn: string): boolean {
    return this.#managed.has(nameInArn(arn));
  }

  hasAlias(alias: string): boolean {
    const [first, environment = "", ...name] = alias.split("/");
    return first === "alias" && this.#environments.has(environment) && name.length > 0;
  }

  /** @param arn of a role */
  hasRole(arn: string): boolean {
    return [servicesPath, platformPath].some((path) => arn.includes(`:role${path}`));
  }
}

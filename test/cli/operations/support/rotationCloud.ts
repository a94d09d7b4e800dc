import { inCloud } from "../../../support/moto/inCloud";
import { type Cloud, startCloud } from "./cloud";
import { type LambdaDouble, startLambdaDouble } from "./lambda";
import type { Environment } from "./platform";
import { type OperationsDouble, startOperationsDouble } from "./secretsManager";

/** The security account with doubles of Secrets Manager and of Lambda, which rotation functions are called by. */
export interface RotationCloud {
  readonly cloud: Cloud;
  readonly double: OperationsDouble;
  readonly lambda: LambdaDouble;
  /** Of a command that is signed in there. */
  readonly env: Environment;
}

/**
 * Hooks of a suite: made again before each test.
 * @param use told of it before each
 */
export function rotationCloud(use: (made: RotationCloud) => void): void {
  let cloud: Cloud;
  let double: OperationsDouble | undefined;
  let lambda: LambdaDouble | undefined;
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    double = await startOperationsDouble();
    lambda = await startLambdaDouble();
    cloud.proxy.use(double);
    const env = { ...(await cloud.signedIn("security")), AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint };
    use({ cloud, double, lambda, env });
  });
  afterEach(async () => {
    await double?.close();
    await lambda?.close();
  });
}

import type { ConsumerPlan, Plan } from "../plan/types";
import { firstThatFits } from "./room";

/**
 * What the ARNs of builds' sessions end in, for each build of an environment: CodeBuild names its sessions, but so may
 * whoever else assumes a role, so the role is said too. Builds of a name in many services go by what their roles' names
 * end in, and where that still is too much any session of such a name is taken for a build's.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 */
export function buildSessions(plan: Plan, environment: string): readonly string[] {
  const builds = plan.consumers.filter(
    (consumer) => consumer.environment === environment && consumer.role.use === "codebuild",
  );
  if (builds.length === 0) return [];
  return firstThatFits(roomOfBuilds, comparison, [
    builds.map(({ role }) => session(`/${role.name}`)),
    builds.map((build) => session(ending(build))),
    [session("")],
  ]);
}

/** Characters that sessions take of the pattern at most, as long as roles have names of up to 64. */
export const roomOfBuilds = 200;

const comparison = ' && $.userIdentity.arn != ""';

function session(role: string): string {
  return `*${role}/AWSCodeBuild-*`;
}

/** Without the service; a role's name that was too long ends in a hash, and is given whole. */
function ending({ environment, consumer, role }: ConsumerPlan): string {
  const common = `-${environment}-${consumer}`;
  return role.name.endsWith(common) ? common : `/${role.name}`;
}

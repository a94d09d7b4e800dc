import { benchAccess } from "./access.bench";
import { benchAudit } from "./audit.bench";
import { benchCheck } from "./check.bench";

const kept = [benchCheck(), benchAudit(), benchAccess()];
process.exitCode = kept.every(Boolean) ? 0 : 1;

import { benchAccess } from "./access.bench";
import { benchAudit } from "./audit.bench";
import { benchCheck } from "./check.bench";
import { benchIndependent } from "./independent.bench";

const kept = [benchCheck(), benchAudit(), benchAccess(), benchIndependent()];
process.exitCode = kept.every(Boolean) ? 0 : 1;

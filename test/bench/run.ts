import { benchCheck } from "./check.bench";

const kept = [benchCheck()];
process.exitCode = kept.every(Boolean) ? 0 : 1;

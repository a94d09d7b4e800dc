import { asset } from "@pulumi/pulumi";
import { type FunctionEntry, settingsFile } from "../../model/functions/settings";

/** Code of one of this platform's own functions with its settings beside it, ready for Lambda. */
export type FunctionCode = (entry: FunctionEntry, settings: object) => asset.Archive;

/** Bundled at deploy, so that there is no build step; esbuild is only loaded where something is deployed. */
export const functionCode: FunctionCode = (entry, settings) =>
  new asset.AssetArchive({
    "index.js": new asset.StringAsset(bundle(entry)),
    [settingsFile]: new asset.StringAsset(JSON.stringify(settings)),
  });

async function bundle(entry: FunctionEntry): Promise<string> {
  const { bundleFunction } = await import("../../functions/bundle.js");
  return bundleFunction(entry);
}

/** IAM's wildcards are a fact of AWS's, which the settings of this platform are read by as well. */
export { covers, coversAction, hasWildcard, overlap } from "../../model/aws/patterns";

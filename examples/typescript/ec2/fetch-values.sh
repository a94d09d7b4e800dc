#!/usr/bin/env bash
# Fetches everything an instance's service reads into files, for programs that cannot call AWS themselves.
#
#   fetch-values.sh SERVICE DIRECTORY
#
# ARNs come from /etc/SERVICE/references.json, which the launch template writes; each value goes to DIRECTORY/ITEM, where
# only the user that runs this can read it. DIRECTORY should lie in memory, under /run. A value is written whole or not at
# all, and never stands in an argument. Needs what Amazon Linux 2023 brings along: the AWS CLI and Python.
set -euo pipefail
umask 077

service=${1:?usage: fetch-values.sh SERVICE DIRECTORY}
directory=${2:?usage: fetch-values.sh SERVICE DIRECTORY}
references=${REFERENCES:-/etc/$service/references.json}

fetch() {
  local arn=$1 region
  region=$(cut -d: -f4 <<<"$arn")
  case $arn in
    *:secretsmanager:*)
      aws secretsmanager get-secret-value --region "$region" --secret-id "$arn" \
        --query SecretString --output text
      ;;
    *:ssm:*)
      aws ssm get-parameter --region "$region" --name "$arn" --with-decryption \
        --query Parameter.Value --output text
      ;;
    *)
      echo "fetch-values: $arn is neither a secret nor a parameter" >&2
      return 1
      ;;
  esac
}

items=$(python3 -c '
import json, sys
for item, arn in json.load(open(sys.argv[1])).items():
    print(item, arn)
' "$references")

while read -r item arn; do
  [[ -n $item ]] || continue
  file=$directory/$item
  mkdir -p "$(dirname "$file")"
  new=$(mktemp "$file.XXXXXX")
  if ! fetch "$arn" >"$new"; then
    rm -f "$new"
    echo "fetch-values: $item could not be read; $file is as it was" >&2
    exit 1
  fi
  chmod 400 "$new"
  mv -f "$new" "$file"
done <<<"$items"

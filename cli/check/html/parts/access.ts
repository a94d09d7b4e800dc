import { groupBy } from "../../../../model/groupBy";
import { count } from "../../../count";
import type { AccessData, MatrixData, MatrixGroup, PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { code, folded, list, section, table } from "./tables";

const title = "Who can read what";

/** The matrix, which the script draws from the page's data; without a script, lists by service. */
export function access({ access: decided }: PageData): Markup {
  if ("undecided" in decided)
    return section(
      "access",
      title,
      markup`<p class="outcome bad">This was not decided, because an answer would be a guess.</p>`,
      list(decided.undecided),
    );
  return section(
    "access",
    title,
    markup`<p>Decided from the policy documents that would be deployed, for every role and item.
A filled circle: the role reads the item. Only roles that read something of a table are columns of it.</p>`,
    ...wrong(decided),
    filters(decided.matrix),
    markup`<p id="matrix-count" role="status"></p>
<div id="matrix"></div>
<p><button type="button" id="matrix-more" hidden></button></p>`,
    markup`<noscript>${lists(decided.matrix)}</noscript>`,
  );
}

function wrong({ unexpected, weakened, openers }: AccessData): readonly (Markup | undefined)[] {
  return [
    table(
      "Pairs of role and item that are not as meant",
      ["Role", "Item", "Found", "Why", "To set it right"].map((name) => ({ title: name })),
      unexpected.map(({ principal, item, words, why, remedy }) => [
        code(principal),
        code(item),
        words,
        why,
        remedy,
      ]),
    ),
    table(
      "Documents that say something else than they are to say",
      ["Document", "Found", "Call"].map((name) => ({ title: name })),
      [...weakened, ...openers].map(({ policy, words, call }) => [policy, words, call]),
    ),
  ];
}

function filters({ groups }: MatrixData): Markup {
  const environments = [...new Set(groups.map(({ environment }) => environment))].filter(
    (name) => name !== "",
  );
  const references = groups.flatMap(({ items }) => items).filter(({ isReferences }) => isReferences).length;
  const also =
    references === 0
      ? undefined
      : markup`<p><input id="filter-references" name="references" type="checkbox">
<label for="filter-references">With ${count(references, "parameter")} of references, which say where consumers find their values</label></p>
`;
  const field = (name: string, label: string) =>
    markup`<p><label for="filter-${name}">${label}</label>
<input id="filter-${name}" name="${name}" type="search" list="known-${name}" autocomplete="off" spellcheck="false"><datalist id="known-${name}"></datalist></p>`;
  return markup`<form id="filters" role="search" aria-label="Filter of who can read what" hidden>
${field("service", "Service")}
<p><label for="filter-environment">Environment</label>
<select id="filter-environment" name="environment"><option value="">all</option>${environments.map((name) => markup`<option>${name}</option>`)}</select></p>
${field("role", "Role")}
${field("item", "Item")}
${also}<p><button type="reset">Show all</button></p>
</form>`;
}

function lists({ groups, roles }: MatrixData): Markup {
  const services = groupBy(groups, ({ service }) => service);
  return markup`<div class="lists">
${[...services].map(([service, own]) => {
  const items = own.reduce((sum, group) => sum + group.items.length, 0);
  const body = markup`${own.map((group) => oneGroup(group, roles))}`;
  return folded(`${service}: ${count(items, "item")}`, body, services.size <= 5);
})}
</div>`;
}

function oneGroup({ environment, items }: MatrixGroup, roles: MatrixData["roles"]): Markup {
  const rows = items.map(({ item, kind, readers, unexpected, missing }) => {
    const names = readers.map(
      (at) => `${roles[at]!.name}${unexpected?.includes(at) ? " (not meant to)" : ""}`,
    );
    const unable = (missing ?? []).map((at) => `${roles[at]!.name} (cannot, though it was granted)`);
    const all = [...names, ...unable];
    return markup`<dt>${item} <small>${kind}</small></dt><dd>${all.length > 0 ? all.join(", ") : "nobody"}</dd>`;
  });
  return markup`<h3>${environment}</h3><dl>${rows}</dl>`;
}

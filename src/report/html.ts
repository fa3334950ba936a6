// Parts of a page, from texts that may hold anything.

/** Markup; everything else is text and gets escaped. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A template of markup: what stands in its places is escaped unless it is markup; lists are joined. */
export function html(texts: TemplateStringsArray, ...places: readonly (string | number | Html | readonly Html[] | undefined)[]): Html {
  const inside = (place: (typeof places)[number]): string => {
    if (place === undefined) return "";
    if (Array.isArray(place)) return place.map(inside).join("\n");
    return typeof place === "object" ? (place as Html).html : escaped(String(place));
  };
  return { html: texts.reduce((all, text, i) => all + inside(places[i - 1]) + text) };
}

function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: HTML has no place for them
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd").replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
}

/** A table; the first column heads its rows, the others are numbers unless said. */
export function htmlTable(headings: readonly string[], rows: readonly (readonly string[])[], texts: readonly number[] = []): Html {
  const kind = (column: number) => (texts.includes(column) ? "text" : "number");
  return html`<div class="scroll"><table>
<thead><tr>${headings.map((heading, i) => html`<th scope="col" class="${i === 0 ? "text" : kind(i)}">${heading}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr><th scope="row" class="text">${row[0]}</th>${row.slice(1).map((cell, i) => html`<td class="${kind(i + 1)}">${cell}</td>`)}</tr>`,
)}
</tbody></table></div>`;
}

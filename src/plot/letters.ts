/** Without what XML cannot hold: control characters and halves of surrogate pairs; line breaks as blanks. */
export function printable(content: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
  return content.replace(/\s+/g, " ").replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu, "�");
}

/** As much of a text as some letters hold. */
export function shortened(content: string, letters: number): string {
  const most = Math.max(4, Math.floor(letters));
  const all = [...printable(content)];
  return all.length <= most ? all.join("") : `${all.slice(0, most - 1).join("")}…`;
}

/** Lines of a text, broken between words. */
export function wrapped(content: string, letters: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > letters) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, shortened(line, letters)];
}

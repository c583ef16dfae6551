/** Puts texts where the page's markup asks for them by name, so that all English is in one file. */
export function fillTexts(texts: object): void {
  const named = texts as Record<string, unknown>;
  for (const target of document.querySelectorAll<HTMLElement>("[data-text]")) {
    const text = named[target.dataset["text"] ?? ""];
    if (typeof text !== "string") {
      throw new Error(`no text '${target.dataset["text"]}'`);
    }
    target.textContent = text;
  }
}

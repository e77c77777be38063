const text = (content: string) => ({
  type: 'TEXT',
  id: '',
  nodes: [],
  textData: { text: content, decorations: [] },
});

/** Paragraphs between empty lines, headings after "## ", as Wix' editor stores them. */
export function richContent(content: string) {
  const blocks = content
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter(Boolean);
  return {
    nodes: blocks.map((block, i) => {
      const heading = /^## +(.+)$/.exec(block)?.[1];
      const id = `block${i + 1}`;
      return heading
        ? { type: 'HEADING', id, nodes: [text(heading)], headingData: { level: 2 } }
        : { type: 'PARAGRAPH', id, nodes: [text(block)], paragraphData: {} };
    }),
  };
}

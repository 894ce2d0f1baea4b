/** What is parted by spaces, lines, commas or semicolons: none of what is listed on the pages holds one. */
export function words(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

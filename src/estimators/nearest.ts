import leven from "leven";

/** The candidate with the smallest edit distance, case ignored, for "did you mean". */
export function nearest(word: string, candidates: readonly string[]): string {
  const distance = (candidate: string) => leven(word.toLowerCase(), candidate.toLowerCase());
  return candidates.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}

/** Why there are no standard errors where the end of an extreme-value tail lies this close to the data; undefined where there are. */
export function irregularTail(shape: number): string | undefined {
  if (shape > -0.5) return undefined;
  return `shape is ${shape}, not above -0.5: the likelihood is irregular there (Smith 1985), standard errors from its curvature do not exist.`;
}

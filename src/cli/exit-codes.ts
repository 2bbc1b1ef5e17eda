export const exitCodes = {
  /** Nothing at or above the threshold. */
  clean: 0,
  /** Findings at or above the threshold. */
  findings: 1,
  /** The user must change something: arguments, config, a path that does not exist. */
  usage: 2,
  /** gitops-lint is wrong, not the repository. */
  defect: 3,
} as const;

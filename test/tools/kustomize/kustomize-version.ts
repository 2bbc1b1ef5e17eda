/** The release of kustomize that the tables come from and that the recorded cases agree with. */
export const kustomizeVersion = 'v5.8.2';
